# A clinic is backed up while it is served, lost, and restored elsewhere.
$ kord backup $DIR
kord: name a file, or the folder of backups in kord.ini as 'backup_to'
[status 78]
$ kord backup-key safe
safe opens backups: keep it where the server is not, twice; without it they are lost
safe.pub makes them: it belongs on the server
$ kord backup $DIR
kord: name a file, or the folder of backups in kord.ini as 'backup_to'
[status 78]
$ mkdir shelf; printf 'backup_to = %s/shelf\nbackup_key = %s/safe.pub\n' $HOME $HOME >> $DIR/kord.ini
$ kor open | head -n 1
<code A>, episode 1
$ kor record $A outcome 3 4 3.5 4 > /dev/null
$ kor record $A outcome 5 4 4.5 4 --session 2 > /dev/null
$ kord backup $DIR | sed 's/[0-9]*T[0-9]*Z/<instant>/; s/[0-9-]*T[0-9:]*Z/<instant>/; s/[0-9]* KiB, [0-9]* rows/<size>/'
<dir>/shelf/kor-<instant>.korbackup: <size>, as it was at <instant>
1 kept there, 0 removed
$ kord check $DIR | sed 's/[0-9]*T[0-9]*Z/<instant>/; s/[0-9-]*T[0-9:]*Z/<instant>/'
<dir> is sound
the last good backup is of <instant>: kor-<instant>.korbackup
$ mv shelf/*.korbackup a.korbackup
$ kord verify a.korbackup --key safe | head -n 1
a.korbackup is whole
# Who has no key, the wrong one or half a file gets nothing.
$ kord verify a.korbackup --key safe.pub
kord: safe.pub does not hold both halves of a key: give the file that 'kord backup-key' made, without .pub
[status 78]
$ kord backup-key other > /dev/null; kord verify a.korbackup --key other
kord: this backup was made for another key: give the secret half of the one it was made for
[status 77]
$ head -c 100000 a.korbackup > half.korbackup; kord restore half.korbackup again --key safe
kord: the backup is damaged or cut off: use another one
[status 65]
$ ls again
ls: cannot access 'again': No such file or directory
[status 2]
# The restored folder has all but people's own keys.
$ kord restore a.korbackup again --key safe 2> warned | tail -n 6; cat warned
    erased    nobody: without --deletions, who was erased after this backup
              is there again
    revoked   no key: one that was revoked after this backup is ADMITTED AGAIN
again is ready.  Everybody's key is admitted as at the backup, with
the roles of then: look over 'kor account list'.  Next:
  kord run again
kord: WARNING: no list was given with --deletions.  KEYS THAT WERE REVOKED AFTER THIS BACKUP ARE ADMITTED AGAIN: revoke them before anybody can connect (see 'When the server is lost' in docs/operations.md)
$ ls again
client.ini
contact.key
deletions
keys
kor.db
kor.db-mark
kord.ini
server.key
server.pub
$ cp $DIR/keys/operator.key again/keys/
$ kord run again 2> journal & kord=$!; KOR_AT=again kor show $A; kill $kord; wait $kord
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                <today>
    ending                open
    lead scale            outcome
    sessions              2

   date        status  scale    score  change  standing
1  <today>  held    outcome   14.5       0  too early to say
2  <today>  held    outcome   17.5       3  
$ kord restore a.korbackup again --key safe
kord: again is not empty: restore into a new folder
[status 65]
