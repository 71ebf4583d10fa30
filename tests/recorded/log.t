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
$ kor theory $A "to be heard" --quiet >/dev/null; kor goals $A --quiet; kor due >/dev/null; kor record $A outcome 99 4 3 4 2>&1 | grep -c outcome; for L in en nb sv; do kor log of $A --lang $L | tail -5 | sed 's/20[0-9T:-]*Z/<instant>/; s/ *$//; s/^ *[0-9]*  /N  /'; done
1
N  <instant>  operator  auditor    looked at who had looked                     <code A>            by the role
N  <instant>  operator  therapist  wrote down what the client thinks will help  <code A>  /clinic/  gives the help
N  <instant>  operator  therapist  looked at the goals                          <code A>  /clinic/  gives the help
N  <instant>  operator  therapist  saw the client in the list of what is due                         gives the help
N  <instant>  operator  therapist  recorded answers                             <code A>  /clinic/  gives the help          a value is outside its limits
N  <instant>  operator  behandler       skrev ned hva klienten tror vil hjelpe          <code A>  /clinic/  gir hjelpen
N  <instant>  operator  behandler       så på målene                                    <code A>  /clinic/  gir hjelpen
N  <instant>  operator  behandler       så klienten i listen over det som står for tur                       gir hjelpen
N  <instant>  operator  behandler       førte inn svar                                  <code A>  /clinic/  gir hjelpen            en verdi er utenfor grensene
N  <instant>  operator  loggkontrollør  så på hvem som har sett                         <code A>            gjennom rollen
N  <instant>  operator  behandlare     tittade på målen                                <code A>  /clinic/  ger hjälpen
N  <instant>  operator  behandlare     såg klienten i listan över det som står på tur                       ger hjälpen
N  <instant>  operator  behandlare     registrerade svar                               <code A>  /clinic/  ger hjälpen         ett värde ligger utanför gränserna
N  <instant>  operator  logggranskare  tittade på vem som har tittat                   <code A>            genom rollen
N  <instant>  operator  logggranskare  tittade på vem som har tittat                   <code A>            genom rollen
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
