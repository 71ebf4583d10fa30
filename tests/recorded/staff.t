# Units, accounts and keys: who may ask, and who may no more.
$ kor unit add north --under clinic
/clinic/north/
$ kor unit list | sed 's/ *$//'
unit    where it belongs
clinic  /clinic/
north   /clinic/north/
$ kor account add t07 --roles therapist,duty --unit north
Account t07
    roles                 therapist,duty
    unit                  north
    keys                  0
It has no key yet: 'kor key enrol NAME' gives a code for one.
$ kor account add Kari --roles therapist
kor: a name has 1 to 32 small letters a to z, digits and hyphens, a letter among them: a handle, not a person's name
[status 65]
$ kor account set t07 --roles therapist,chief
kor: the roles are one or more of therapist, supervisor, leader, administrator, operator, researcher, auditor and duty; a client is added by the code
[status 65]
$ kor account set t07 --whole-clinic --lang nb
Konto t07
    roller                therapist,duty
    enhet                 hele klinikken
    nøkler                0
$ kor account list | sed 's/ *$//'
account   roles                                                            unit          client  keys  open episodes  left (UTC)
operator  therapist,supervisor,leader,administrator,operator,auditor,duty  whole clinic             1              0
t07       therapist,duty                                                   whole clinic             0              0
$ kor account set operator --roles therapist
kor: 'operator' is the last administrator of the whole clinic: give that role and a key to somebody else first
[status 65]
$ kor key revoke operator --reason "lost"
kor: this is the last key of the last administrator of the whole clinic: enrol another key first, then revoke this one
[status 65]
$ kor key revoke 1
kor: --reason is missing: see 'kor help key revoke'
[status 64]
$ kor key list --json | sed 's/"public_key":"[^"]*"/<key>/; s/"added_ms":[0-9]*/<instant>/'
{"id":1,"name":"operator",<key>,<instant>,"mine":true}
$ kor open --therapist t07 >/dev/null
$ kor account leave t07
kor: 't07' still has 1 open episodes and supervises 0: close them, or give them to somebody else first ('kor handover --all-of t07 --to NAME')
[status 65]
$ kor account add --client 36AE-PRNX
kor: no client has this code: 'kor open' begins an episode
[status 66]
$ kor account add t08 --roles leader --json
{"name":"t08","roles":["leader"],"keys":0,"episodes":0}
It has no key yet: 'kor key enrol NAME' gives a code for one.
$ kor account leave t08 | sed 's/20[0-9T:-]*Z/<instant>/'
Account t08
    roles                 leader
    unit                  whole clinic
    keys                  0
    left (UTC)            <instant>
# A key for another machine: the code works once, for a key made there.
$ kor key enrol t07 --days 90 >code 2>/dev/null; sed 's/[A-Z0-9]/x/g' code
xxxxx-xxxxx
$ kor enrol 33333-33334 --key t07.key
kor: an enrolment code has 10 letters and digits, written XXXXX-XXXXX, and this is none: compare it and type it again
[status 65]
$ kor enrol 43333-3333P --key t07.key
kor: this code enrols nobody: it is wrong, used or more than a day old. Ask an administrator for another one
[status 77]
$ ls t07.key
ls: cannot access 't07.key': No such file or directory
[status 2]
$ kor enrol "$(cat code)" --at $DIR/client.ini --key t07.key --quiet | sed 's/20[0-9T:-]*Z/<instant>/'
This machine has a key of t07
    roles                 therapist,duty
    key                   2, t07.key
    ends (UTC)            <instant>
$ stat -c %a t07.key
600
$ kor --key t07.key caseload --quiet >/dev/null
$ kor enrol "$(cat code)" --key t07.key
kor: this key is enrolled already
[status 65]
$ kor enrol "$(cat code)" --key other.key
kor: the daemon at ipc://<dir>/kord.sock takes no new key now: the code was used or closed, or is more than a day old. Ask an administrator for another one
[status 77]
$ kor --key t07.key key revoke t07 --reason "laptop stolen" --json | sed 's/"public_key":"[^"]*"/<key>/; s/"[a-z]*_ms":[0-9]*/<instant>/g'
Your own key is among them: it is refused from now on.
{"id":2,"name":"t07",<key>,<instant>,<instant>,<instant>,"why":"laptop stolen","mine":true}
$ kor --key t07.key caseload
kor: the daemon at ipc://<dir>/kord.sock does not admit this key: it was revoked, has ended, or was never enrolled. Ask an administrator for a code, then 'kor enrol CODE'
[status 77]
