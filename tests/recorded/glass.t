# A client is opened in an emergency: loud, and for some hours.
#: kord key $DIR ann
#: kord key $DIR bob
$ kor open --therapist ann --date 2026-01-05 >/dev/null; kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
<code A>
$ kor show $A --key $DIR/keys/bob.key
kor: this client is another therapist's: in an emergency 'kor break-glass' opens the client, on record
[status 77]
$ kor break-glass $A --reason "now" --key $DIR/keys/bob.key
kor: reason must be 10 to 200 bytes long, not 3
[status 65]
$ kor break-glass $A --reason "immediately" --key $DIR/keys/bob.key
kor: say in some words why you have to look
[status 65]
$ kor break-glass $A --reason "called from the emergency ward" --key $DIR/keys/bob.key | sed 's/20[0-9-]* [0-9:]*/<instant>/'
<code A> is open to you until <instant>. That is on record, and the therapist and the supervisor are told.
$ kor show $A --key $DIR/keys/bob.key >/dev/null
$ kor signals --key $DIR/keys/ann.key --lang nb | sed 's/20[0-9-]* [0-9:]*/<instant>/'
Ingen signaler er åpne.
Nødtilgang til <code A> av bob, <instant> called from the emergency ward
$ kor break-glass list --key $DIR/keys/ann.key | sed 's/20[0-9-]* [0-9:]*/<instant>/g'
when              client     who  until             reason
<instant>  <code A>  bob  <instant>  called from the emergency ward
$ kor break-glass list --key $DIR/keys/bob.key
No glass was broken.
$ kor show $A --key $DIR/keys/ann.key --lang sv | sed -n 's/20[0-9-]* [0-9:]*/<instant>/p'
    nödåtkomst            <instant> av bob: called from the emergency ward
$ kor log of $A --json | sed -n 's/.*"name":"bob".*"action":"\([a-z.]*\)".*"outcome":"\([a-z-]*\)".*/\1 \2/p'
show forbidden
glass.break bad-value
glass.break ok
show ok
