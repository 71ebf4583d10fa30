# A label that the staff of the unit read and kord cannot; the key that is lost
# is replaced.  Addresses are told to few.
$ kor open | head -1
<code A>, episode 1
$ kor label $A "planted AB 12"
kor: the unit has no key of labels yet: 'kor label begin' makes one
[status 66]
$ kor label begin --recovery safe.key | sed 's/  [^ ]\{40\}  /  <key>  /'
Put safe.key away, not on this machine: with it the labels are read again if every key is lost.
Labels of clinic, key 1
key  who       public key                                reads labels
  1  operator  <key>  yes
$ kor label $A 'AB 12 `touch out`'
<code A> (AB 12 `touch out`)
$ kor label $A
<code A> (AB 12 `touch out`)
$ kor record $A outcome 3 4 3.5 4 | head -1
<code A> (AB 12 `touch out`), session 1 on <today>, held
$ kor caseload | cut -c3-35
client                         se
<code A> (AB 12 `touch out`)    
$ kor show $A | head -1
<code A> (AB 12 `touch out`), episode 1
$ grep -c "AB 12" $DIR/kor.db $DIR/kor.db-wal
<dir>/kor.db:0
<dir>/kor.db-wal:0
[status 1]
$ kor label key | sed 's/  [^ ]\{40\}  /  <key>  /'
Labels of clinic, key 1
key  who       public key                                reads labels
  1  operator  <key>  yes
$ printf 'a\tb' | xargs -0 kor label $A
kor: a label has 1 to 40 bytes, without control characters: initials or the number of a record
[status 123]
$ kor label $A "$(printf 'AB\342\200\25621')"
kor: the label holds U+202E, which is not seen and lets it pass for another: type it by hand, without
[status 65]
$ kor label $A aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx
kor: a label has 1 to 40 bytes, without control characters: initials or the number of a record
[status 65]
$ kor label share nobody
kor: nobody of the unit's staff is called 'nobody': see 'kor label key'
[status 66]
$ kor label recover safe.key
This key reads the labels again.
$ kor label begin --recovery other.key >/dev/null; kor label $A
Put other.key away, not on this machine: with it the labels are read again if every key is lost.
<code A> (AB 12 `touch out`)
$ kor label recover safe.key
This key reads the labels again.
$ kor contact $A
<code A>
No address is kept for this client.
$ kor contact $A --phone "+47 400 00 000" --email a@example.org
<code A>
    phone                 +47 400 00 000
    e-mail                a@example.org
$ kor contact $A --email -
<code A>
    phone                 +47 400 00 000
$ kor contact $A --phone '`date`'
kor: a phone number is digits, with + ( ) - and blanks between them
[status 65]
$ grep -c "400 00 000" $DIR/kor.db $DIR/kor.db-wal
<dir>/kor.db:0
<dir>/kor.db-wal:0
[status 1]
$ kor label $A --drop
<code A>
$ ls
clinic
kord.log
other.key
safe.key
