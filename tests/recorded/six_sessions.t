# A new person, six sessions by hand, without an expected course: reliable
# change alone speaks.  The outcome check has a working limit of 7 points.
$ kor open --born 1990-04 --gender female --date 2026-01-02
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                2026-01-02
    ending                open
    sessions              0
$ kor record $A outcome 3 4 3.5 4 alliance 8 8 9 --date 2026-01-05
<code A>, session 1 on 2026-01-05, held
Outcome check: 14.5 of 40
    reliable change       7 points (working limit, not a norm)
    standing              too early to say
Alliance check: 25 of 30
Next: Look at the graph together: kor graph <code A>
$ kor record $A outcome 3 4 3 4 --date 2026-01-12
<code A>, session 2 on 2026-01-12, held
Outcome check: 14 of 40
    last time             14.5
    since the start       0.5 worse than at the start (14.5)
    reliable change       7 points (working limit, not a norm)
    standing              no expected course: held against reliable change only
Next: Look at the graph together: kor graph <code A>
$ kor record $A alliance 7 8 8 --date 2026-01-12
<code A>, session 2 on 2026-01-12, held
Alliance check: 23 of 30
    last time             25
Next: Look at the graph together: kor graph <code A>
$ kor record $A outcome 3 4 - 4 --date 2026-01-19
<code A>, session 3 on 2026-01-19, held
Outcome check: no total
    missing items         1, too many for a total
    last time             14
    reliable change       7 points (working limit, not a norm)
Next: Look at the graph together: kor graph <code A>
$ kor record $A --status not-attended --date 2026-01-26
<code A>, session 4 on 2026-01-26, not attended
$ kor record $A outcome 3 3 3 3.5 --date 2026-02-02
<code A>, session 5 on 2026-02-02, held
Outcome check: 12.5 of 40
    last time             14
    since the start       2 worse than at the start (14.5)
    reliable change       7 points (working limit, not a norm)
    standing              no expected course: held against reliable change only
Next: Look at the graph together: kor graph <code A>
# The sixth session without reliable change: a signal that asks for an answer.
$ kor record $A outcome 3 4 4 3.5 --date 2026-02-09
<code A>, session 6 on 2026-02-09, held
Outcome check: 14.5 of 40
    last time             12.5
    since the start       the same as at the start (14.5)
    reliable change       7 points (working limit, not a norm)
    standing              no expected course: held against reliable change only
    finding               no reliable change yet
New signal: no reliable change yet (outcome). What do you change?
Next: Look at the graph together and talk about what could be different: method, resources, place or time. kor graph <code A>
$ kor signals
client     therapist  scale    session  date        sessions since  signal
<code A>  operator   outcome        6  2026-02-09               0  no reliable change yet
$ kor caseload
   client     sessions  last        scale    start  score  change  signal or standing
!  <code A>         6  2026-02-09  outcome   14.5   14.5       0  no reliable change yet
# The seventh is reliably worse: 14.5 down to 6.
$ kor record $A outcome 1 2 1.5 1.5 --date 2026-02-16
<code A>, session 7 on 2026-02-16, held
Outcome check: 6 of 40
    last time             14.5
    since the start       8.5 worse than at the start (14.5)
    reliable change       7 points (working limit, not a norm)
    standing              no expected course: held against reliable change only
    finding               reliably worse
New signal: reliably worse (outcome). What do you change?
Next: Look at the graph together and talk about what could be different: method, resources, place or time. kor graph <code A>
# It was the wrong way round: corrected, the old version stays.
$ kor correct $A outcome --session 7 6 6 5 5 --reason 'read the line from the wrong end'
<code A>, session 7 on 2026-02-16, held
Outcome check: 22 of 40 (version 2)
    last time             14.5
    since the start       7.5 better than at the start (14.5)
    reliable change       7 points (working limit, not a norm)
    standing              no expected course: held against reliable change only
    finding               reliably better
    why                   read the line from the wrong end
Next: Look at the graph together: kor graph <code A>
$ kor show $A
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                2026-01-02
    ending                open
    lead scale            outcome
    sessions              7

   date        status        scale       score  change  standing
1  2026-01-05  held          alliance       25          
1  2026-01-05  held          outcome      14.5       0  too early to say
2  2026-01-12  held          alliance       23          
2  2026-01-12  held          outcome        14    -0.5  
3  2026-01-19  held          outcome                    
4  2026-01-26  not attended                             
5  2026-02-02  held          outcome      12.5      -2  
6  2026-02-09  held          outcome      14.5       0  no reliable change yet
7  2026-02-16  held          outcome         6    -8.5  replaced by a later version
7  2026-02-16  held          outcome v2     22     7.5  reliably better
$ kor close $A --ending planned --reason 'agreed to end'
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                2026-01-02
    closed                <today>
    ending                planned ending
    reason                agreed to end
    lead scale            outcome
    sessions              7
$ kor reopen $A
<code A>, episode 2
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                <today>
    ending                open
    sessions              0
$ kor caseload
  client       sessions  last  scale  start  score  change  signal or standing
  <code A>/2         0                                     
$ kor show $A
<code A>, episode 2
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                <today>
    ending                open
    sessions              0
    episodes in all       2 (<code A>/1 - <code A>/2)

  date  status  scale  score  change  standing
$ kor show $A/1 | head -8
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                2026-01-02
    closed                <today>
    ending                planned ending
    reason                agreed to end
$ kor goals $A/1
There are no goals: 'kor goal add' adds one.
$ kor sheet of $A/1
No sheet was filled in.
$ kor graph $A/1 --height 20 --width 60 | head -3
Outcome check
↑ Up is better  ·  0 to 40 points

$ kor show $A/3
kor: client <code A> has no episode 3
[status 66]
