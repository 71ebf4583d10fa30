# The first days, as docs/operations.md says: two units, somebody of each kind,
# everybody with a key of their own, and a client who cannot wait.
$ kor unit add north --under clinic
/clinic/north/
$ kor unit add south --under clinic
/clinic/south/
$ kor account add a01 --roles administrator --quiet >/dev/null
$ kor account add t07 --roles therapist --unit north --quiet >/dev/null
$ kor account add t08 --roles therapist --unit south --quiet >/dev/null
$ kor account add s02 --roles supervisor --unit north --quiet >/dev/null
$ kor account add d01 --roles duty --unit north --quiet >/dev/null
$ kor account add d02 --roles duty --unit south --quiet >/dev/null
$ kor account add an --roles administrator --unit north --quiet >/dev/null
# Everybody's machine has three lines, and gets its key by a code.
$ for who in a01 t07 t08 s02 d01 d02 an; do mkdir $who; grep -E '^(\[kor\]|endpoint|feed|server)' $DIR/client.ini >$who/client.ini; kor --at $who enrol $(kor key enrol $who 2>/dev/null) --quiet >/dev/null || echo $who; done
$ stat -c '%a %n' t07/own.key
600 t07/own.key
$ kor --at t07 key list --json | sed 's/"public_key":"[^"]*"/<key>/; s/"\([a-z]*_ms\)":[0-9]*/"\1":<instant>/g'
{"id":3,"name":"t07",<key>,"added_ms":<instant>,"mine":true}
$ kor --at t07 open --unit south
kor: the therapist 't07' is of the unit 'north', and 'south' is none of it: leave the unit out, or name a therapist of it
[status 65]
$ kor --at t07 open
<code A>, episode 1
    pathway               talk, version 1
    unit                  north
    therapist             t07
    opened                <today>
    ending                open
    sessions              0
$ kor --at t07 record $(kor --at t07 caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p') phq9 1 2 1 0 2 1 - 0 2 --quiet
Answer to talk about now: item 9 of PHQ-9 (depression). Ask before the client leaves.
<code A>, session 1 on <today>, held
PHQ-9 (depression): 10.12 of 27
    missing items         1, the total is estimated from the others
    reliable change       6 points
    cut-off               10
    standing              too early to say
    finding               answer to talk about now
Signal: answer to talk about now (phq9), from session 1 on <today>. It waits until somebody has talked about it.
Next: Item 9 of PHQ-9 (depression) is an answer to talk about now, before the client leaves.
# Who is on duty in the north sees it, and in the south does not.
$ kor --at d01 signals --json | sed 's/.*"finding":"\([^"]*\)".*/\1/'
attention
$ kor --at d02 signals
No signal is open.
$ kor --at s02 caseload --json | sed 's/.*"code":"\([^"]*\)".*/\1/'
<code A>
$ CODE=$(kor --at t07 caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); kor --at t08 show $CODE; kor --at t08 break-glass $CODE --reason "the therapist is ill" --quiet >/dev/null; kor --at s02 break-glass list --json | sed 's/.*"by":"\([^"]*\)".*/\1/'
kor: this client is another therapist's: in an emergency 'kor break-glass' opens the client, on record
t08
$ CODE=$(kor --at t07 caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); kor --at an log of $CODE --json | sed 's/.*"action":"\([^"]*\)".*/\1/'
open
caseload
record
signals
caseload
caseload
show
glass.break
glass.list
caseload
# Given to the south, the client goes along.
$ CODE=$(kor --at t07 caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); kor --at t07 handover $CODE --to t08 --reason "moved there" --json | sed 's/.*"unit":"\([^"]*\)".*/\1/'; kor --at d02 signals --json | sed 's/.*"finding":"\([^"]*\)".*/\1/'; kor --at d01 signals
south
attention
No signal is open.
