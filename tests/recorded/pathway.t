# A pathway of one's own, as docs/pathways.md has it, and what is due on it.
$ sed -n '/^```json/,/^```/p' $ROOT/docs/pathways.md | grep -v '^```' >sleep.json
$ kor pathway check sleep.json
sleep: Sleep, in six weeks
    version               1
    lead scale            isi
    phase                 begin: beginning, 1 sessions, 2 weeks
    phase                 work: the programme, 4 weeks
    phase                 end: closing
    contact               weekly call: once in a week, overdue 3 days later
    scale                 isi: at the start, overdue 7 days later
    scale                 isi: once in 2 weeks, overdue 4 days later
    scale                 alliance: at the end of a session
    scale                 phq9: at the end, overdue 7 days later
    scale                 isi: follow-up after 6 months, overdue 30 days later
    sheet                 closing: at the end, overdue 14 days later
    asks for an answer    answer to talk about now
    asks for an answer    reliably worse
    module                diary: Sleep diary
    module                rhythm: Rhythm
    planned ending        done: went through it
    unplanned ending      too-much: it was too much
    note                  An example. Nobody has shown that it helps.
The definition holds together. Add it with 'kor pathway add'.
$ sed 's/"next": null/"next": "begin"/' sleep.json >loop.json; kor pathway add loop.json
kor: loop.json, phases[2].next: phases[2].next goes back to 'begin', and so it never ends: name a phase that was not yet, or write null for the end. (Going back is done for one client, with 'kor phase')
[status 65]
$ sed 's/"scale": "phq9"/"scale": "phq99"/' sleep.json >other.json; kor pathway check other.json --quiet >/dev/null
kor: other.json, scales[3].scale: scales[3].scale names 'phq99', which is not there: add it first, or take it out
[status 65]
$ kor pathway add sleep.json
sleep, version 1, is in the catalogue.
$ kor pathway add sleep.json
kor: sleep.json, version: sleep is there in version 1 already: a definition never changes, give it a new version
[status 65]
$ kor pathway list | sed 's/ *$//'
pathway  version  name                                                 lead scale
sleep    1        Sleep, in six weeks                                  isi
talk     1        Talk therapy with outcome and alliance scales (KOR)
$ kor open --pathway sleep | sed 's/end  *20[0-9-]*/end <six weeks on>/'
<code A>, episode 1
    pathway               sleep, version 1
    phase                 begin, since <today>
    unit                  clinic
    therapist             operator
    opened                <today>
    planned to end <six weeks on>
    ending                open
    sessions              0
$ kor open --pathway slep
kor: there is no pathway 'slep': 'kor pathway list' shows those there are, and 'kor pathway add' adds one
[status 66]
$ CODE=$(kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); kor due | sed 's/until 20[0-9-]*/until <day>/'; kor record $CODE isi 2 2 2 2 2 1 1 --quiet >/dev/null; kor due | sed 's/ *$//'
number  client     what            when          due         how long
     2  <code A>  ISI (insomnia)  at the start  <today>  until <day>
number  client     what            when       due         how long
     3  <code A>  Alliance check  session 1  <today>  until <today>
$ CODE=$(kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); ID=$(kor due --json | sed -n 's/.*"id":\([0-9]*\).*"key":"alliance".*/\1/p'); kor due missing $CODE $ID rain; kor due missing $CODE $ID phone; kor due --lang nb | sed 's/frist 20[0-9-]*/frist <dag>/'; kor due missing $CODE x phone
kor: the reason is forgot, declined, crisis, phone or unsuitable
<code A>, Alliance check: by phone
Ingenting står for tur.
kor: 'x' is no number: take the one in front of the line of 'kor due'
[status 64]
$ CODE=$(kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); kor phase $CODE end | grep phase; kor phase $CODE; kor close $CODE --ending planned --reason "slept" --how gone; kor close $CODE --ending planned --reason "slept" --how done --module rhythm | grep -v 'opened\|planned to end'; kor due | sed 's/ *$//; s/until 20[0-9-]*/until <day>/'
    phase                 end, since <today>
kor: 'sleep' has no phase after this one: 'kor pathway show sleep' lists them
kor: 'gone' is no planned ending of the pathway 'sleep': 'kor pathway show sleep' lists them
<code A>, episode 1
    pathway               sleep, version 1
    phase                 end, since <today>
    unit                  clinic
    therapist             operator
    closed                <today>
    ending                planned ending
    reason                slept
    how it ended          done
    module reached        rhythm
    lead scale            isi
    sessions              1
number  client     what                when        due         how long
     5  <code A>  PHQ-9 (depression)  at the end  <today>  until <day>
     7  <code A>  Closing talk        at the end  <today>  until <day>
