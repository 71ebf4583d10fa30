# The daemon is away: here a second client.ini leads to where nobody answers,
# with the same keys.  What is entered meanwhile is kept, and nobody's disk
# tells what it is.
$ kor open
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                <today>
    ending                open
    sessions              0
$ mkdir away; sed "s/kord.sock/nobody.sock/; s|^key *= *|&$DIR/|" $DIR/client.ini > away/client.ini
$ KOR_WAIT=300 kor --at away record $A outcome 3 4 3 4
kor: kord does not answer: the entry is kept on this machine, encrypted, and goes out with the next 'kor record' or with 'kor outbox --deliver' (waiting: 1). Do not enter it again
[status 79]
$ KOR_WAIT=300 kor --at away record $A outcome 3 4 3 11
kor: this is likely to be refused later: item 4 of outcome is 11 and must be from 0 to 10 in steps of 0.1: correct it, or give - if it is missing
kor: kord does not answer: the entry is kept on this machine, encrypted, and goes out with the next 'kor record' or with 'kor outbox --deliver' (waiting: 2). Do not enter it again
[status 79]
$ KOR_WAIT=300 kor --at away record $A alliance 8 8 9
kor: kord does not answer: the entry is kept on this machine, encrypted, and goes out with the next 'kor record' or with 'kor outbox --deliver' (waiting: 3). Do not enter it again
[status 79]
$ kor --at away outbox 2>/dev/null | sed 's/^[0-9a-f]*-[0-9a-f]*/<id>/; s/[0-9][0-9]:[0-9][0-9]/<time>/'
entry          entered           what    state    why
<id>  <today> <time>  record  waiting  
<id>  <today> <time>  record  waiting  
<id>  <today> <time>  record  waiting  
$ grep -rl -e "$A" -e outcome -e '"total"' "$KOR_OUTBOX"
[status 1]
$ kor caseload
In the outbox, and so with nobody yet: 3 waiting, 0 refused or damaged. See 'kor outbox'.
  client     sessions  last  scale  start  score  change  signal or standing
  <code A>         0                                     
# The daemon is back: in order, each once, and what it will not have stays.
$ kor outbox --deliver 2>&1 | sed 's/[0-9][0-9]:[0-9][0-9]/<time>/'
Entered <today> <time>, delivered now:
<code A>, session 1 on <today>, held
Outcome check: 14 of 40
    reliable change       7 points (working limit, not a norm)
    standing              too early to say
Next: The session stays open today for the alliance scale: kor record <code A> alliance ...
kor: entered <today> <time>, and refused: item 4 of outcome is 11 and must be from 0 to 10 in steps of 0.1: correct it, or give - if it is missing
Entered <today> <time>, delivered now:
<code A>, session 1 on <today>, held
Alliance check: 25 of 30
Next: Look at the graph together: kor graph <code A>
kor: refused: 1. 'kor outbox' shows them; enter them again as they should be, and drop them
$ kor outbox 2>/dev/null | sed 's/^[0-9a-f]*-[0-9a-f]*/<id>/; s/[0-9][0-9]:[0-9][0-9]/<time>/'
entry          entered           what    state    why
<id>  <today> <time>  record  refused  a value is not right: item 4
$ kor show $A
In the outbox, and so with nobody yet: 0 waiting, 1 refused or damaged. See 'kor outbox'.
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                <today>
    ending                open
    lead scale            outcome
    sessions              1

   date        status  scale     score  change  standing
1  <today>  held    alliance     25          
1  <today>  held    outcome      14       0  too early to say
$ kor outbox --drop $(kor outbox --json | cut -c 8-43) --yes | sed 's/[0-9][0-9]:[0-9][0-9]/<time>/'
Dropped: the entry of <today> <time>.
$ kor outbox
The outbox is empty.
# What was kept goes before what is new.
$ KOR_WAIT=300 kor --at away record $A phq9 1 2 1 0 2 1 0 0 1 --quiet
Answer to talk about now: item 9 of PHQ-9 (depression). Ask before the client leaves.
kor: kord does not answer: the entry is kept on this machine, encrypted, and goes out with the next 'kor record' or with 'kor outbox --deliver' (waiting: 1). Do not enter it again
[status 79]
$ kor record $A gad7 1 2 1 0 2 1 0 | sed 's/[0-9][0-9]:[0-9][0-9]/<time>/'
Entered <today> <time>, delivered now:
Answer to talk about now: item 9 of PHQ-9 (depression). Ask before the client leaves.
<code A>, session 1 on <today>, held
PHQ-9 (depression): 8 of 27
    reliable change       6 points
    cut-off               10
    finding               answer to talk about now
                          started past the cut-off: what brought you here?
Signal: answer to talk about now (phq9), from session 1 on <today>. It waits until somebody has talked about it.
Next: Item 9 of PHQ-9 (depression) is an answer to talk about now, before the client leaves.
Entered now:
<code A>, session 1 on <today>, held
GAD-7 (anxiety): 7 of 21
    reliable change       4 points
    cut-off               8
    finding               started past the cut-off: what brought you here?
Signal: answer to talk about now (phq9), from session 1 on <today>. It waits until somebody has talked about it.
Next: An answer of session 1 is still waiting to be talked about.
$ kor record $A phq9 1 2 1 0 2 1 0 0 1
kor: session 1 has an answer on phq9 by this rater already: mend it with 'kor correct', or give another --session
[status 65]
