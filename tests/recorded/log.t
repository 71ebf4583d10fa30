# Who looked is on record: a client may ask, an auditor checks.
$ kor open --born 1990-04
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                <today>
    ending                open
    sessions              0
$ kor record $A outcome 3 4 3.5 4 >/dev/null
$ kor show $A >/dev/null
$ kor caseload >/dev/null
$ kor show 3333-3333
kor: there is no client with the code <code B>
[status 66]
$ kor log of $A | sed 's/20[0-9T:-]*Z/<instant>/; s/ *$//; s/^ *[0-9]*  /N  /'
row  when (UTC)            who       role       what                      client     unit      ground          reason  outcome
N  <instant>  operator  therapist  opened the episode        <code A>  /clinic/  gives the help
N  <instant>  operator  therapist  recorded answers          <code A>  /clinic/  gives the help
N  <instant>  operator  therapist  looked at the episode     <code A>  /clinic/  gives the help
N  <instant>  operator  therapist  saw the client in a list                       gives the help
$ kor log of $A --json | sed -n 's/.*"action":"\([a-z.]*\)".*"ground":"\([a-z]*\)".*/\1 \2/p'
open care
record care
show care
caseload care
log.of role
$ kor log verify | sed 's/[0-9]*:[0-9a-f]\{64\}/<anchor>/; s/1 - [0-9]*/1 - N/'
    rows                  1 - N
    anchor                <anchor>
The access log holds: every row follows the one before it.
$ kor log verify --anchor 1:abc
kor: an anchor is the number of a row, a colon and 64 hexadecimal digits, as it stands in the journal
[status 65]
$ kor log review --rows 3 --lang nb | sed 's/20[0-9T:-]*Z/<instant>/; s/1 - [0-9]*/1 - N/' | sed -n 1,3p
Se gjennom dem, deretter: kor log reviewed 1 --finding TEKST
Kontroll 1, trukket <instant> av operator
    rader                 1 - N
    funn                  ikke gjennomgått ennå
$ kor log reviewed 1 --finding "all on the ground of care" | sed 's/20[0-9T:-]*Z/<instant>/; s/1 - [0-9]*/1 - N/'
Review 1, drawn <instant> by operator
    rows                  1 - N
    finding               all on the ground of care
$ kor log reviewed 1 --finding "again"
kor: what was found in this review is written down already
[status 65]
$ kor log reviews | sed 's/20[0-9T:-]*Z/<instant>/; s/1 - [0-9]*/1 - N/'
Review 1, drawn <instant> by operator
    rows                  1 - N
    finding               all on the ground of care
$ kor log cut --before 2024-01-01 --yes
kor: the access log is kept for at least five years
[status 65]
$ kor log cut --before 2001-01-01 --yes
kor: the access log has no row that is so old
[status 66]
