# A sheet of one's own, as docs/sheets.md has it.
$ awk '/^```json/ {n++; on = n == 1; next} /^```/ {on = 0} on' $ROOT/docs/sheets.md >everyday.json
$ kor sheet check everyday.json
everyday: Everyday life
    version               1
    section               At home
    cooks                 Cooks
                          0, 1, 2
    tidies                Keeps things tidy
                          0, 1, 2
    rests                 Gets rest
                          0, 1, 2
    section               Signs
    despair               I think that nothing is worth while
                          seldom or never (seldom), when it gets bad (crisis), often; needed; to talk about now from 'when it gets bad' on
    helps                 What helps then?
                          lines of text, up to 600 characters
    call                  Whom I call
                          on paper alone: kor stores no names
    section               What was agreed
    told                  Rights were explained
                          reached, partly reached (partly), not reached (not), does not apply (not-applicable)
    met                   Everybody met once
                          reached, partly reached (partly), not reached (not), does not apply (not-applicable)
    again                 To be gone through again
                          a date
    note                  An example. Nobody has shown that it measures anything.
The definition holds together. Add it with 'kor sheet add'.
$ kor sheet add everyday.json; kor sheet add everyday.json
everyday, version 1, is in the catalogue.
kor: everyday.json, version: everyday is there in version 1 already: a definition never changes, give it a new version
[status 65]
$ sed 's/"attention": "crisis"/"attention": "never"/' everyday.json >other.json; kor sheet check other.json
kor: other.json: sections[1].fields[0].attention is 'never' and must be one of seldom, crisis, often: choose one
[status 65]
$ kor sheet list; kor sheet list --lang sv
sheet     version  fields  name
closing   1             7  Closing talk
everyday  1             9  Everyday life
blad      version  fält  namn
closing   1           7  Avslutande samtal
everyday  1           9  Vardagen
$ kor sheet show everyday --lang nb
everyday: Hverdagen
    versjon               1
    del                   Hjemme
    cooks                 Lager mat
                          0, 1, 2
    tidies                Holder orden
                          0, 1, 2
    rests                 Får hvile
                          0, 1, 2
    del                   Tegn
    despair               Jeg tenker at ingenting nytter
                          sjelden eller aldri (seldom), når det blir ille (crisis), ofte (often); må besvares; å snakke om nå fra og med 'når det blir ille'
    helps                 Hva hjelper da?
                          linjer med tekst, opptil 600 tegn
    call                  Hvem jeg ringer
                          bare på papir: kor lagrer ingen navn
    del                   Det som ble avtalt
    told                  Rettigheter ble forklart
                          nådd (reached), delvis nådd (partly), ikke nådd (not), gjelder ikke (not-applicable)
    met                   Alle møttes en gang
                          nådd (reached), delvis nådd (partly), ikke nådd (not), gjelder ikke (not-applicable)
    again                 Skal gås gjennom igjen
                          en dato
    merknad               An example. Nobody has shown that it measures anything.
$ kor sheet show closing --lang nb
closing: Avslutningssamtale
    versjon               1
    del                   Tilbakeblikk
    how                   Hvordan har det vært å arbeide seg gjennom dette?
                          linjer med tekst, opptil 4000 tegn
    learned               Hva tar du med deg fra det?
                          linjer med tekst, opptil 4000 tegn
    del                   Veien videre
    practise              Hva vil du øve videre på?
                          linjer med tekst, opptil 4000 tegn
    matters               Hva er viktigst for deg i tiden som kommer?
                          linjer med tekst, opptil 4000 tegn
    signs                 Hvilke tegn ville du merke på at det blir tyngre igjen?
                          linjer med tekst, opptil 4000 tegn
    plan                  Hva gjør du da, og hvor kan du henvende deg? (Ingen navn her.)
                          linjer med tekst, opptil 4000 tegn
    whom                  Hvem du kan ringe, med nummer
                          bare på papir: kor lagrer ingen navn
    merknad               Six questions for the last talk of guided self-help. The wording is kor's own and free to use. Nobody has shown that asking them helps.
$ kor sheet print everyday
Everyday life
everyday 1
Look at the answers before the client leaves.

At home

Cooks
  [ ] 0   [ ] 1   [ ] 2

Keeps things tidy
  [ ] 0   [ ] 1   [ ] 2

Gets rest
  [ ] 0   [ ] 1   [ ] 2

Signs

I think that nothing is worth while *
  [ ] seldom or never
  [ ] when it gets bad
  [ ] often

What helps then?
  ________________________________________________________
  ________________________________________________________
  ________________________________________________________

Whom I call
  ________________________________________________________

What was agreed

Rights were explained
  [ ] reached  [ ] partly reached  [ ] not reached  [ ] does not apply
  unless reached, why:
  ________________________________________________________

Everybody met once
  [ ] reached  [ ] partly reached  [ ] not reached  [ ] does not apply
  unless reached, why:
  ________________________________________________________

To be gone through again
  ____-__-__
$ kor sheet show absent
kor: there is no sheet 'absent': 'kor sheet list' shows those there are, and 'kor sheet add' adds one
[status 66]
# Filled in for a client, corrected, looked at.
$ kor open --quiet >/dev/null; CODE=$(kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); kor sheet of $CODE; awk '/^```json/ {n++; on = n == 2; next} /^```/ {on = 0} on' $ROOT/docs/sheets.md >filled.json; kor sheet fill $CODE everyday filled.json
No sheet was filled in.
<code A>, episode 1, sheet 1: Everyday life
    date                  <today>
    sheet                 everyday, version 1
    entered by            operator
    area sum              At home: 4 of 6
    rows                  What was agreed: 1 reached, 0 partly, 1 not, 0 do not apply, of 2
$ CODE=$(kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); echo '{"despair": "seldom", "call": "somebody"}' | kor sheet fill $CODE everyday -; echo '{"despair": "often", "told": "not"}' >short.json; kor sheet fill $CODE everyday short.json
kor: -: values.call would hold names, and kor does not store them: write it on the printed sheet by hand, and leave it out here
kor: short.json: values.told.comment is missing: a deviation needs a reason. Say why it is 'not', in 1 to 500 characters without names
[status 65]
$ CODE=$(kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); sed 's/seldom/often/; s/"cooks": 1, //' filled.json | kor sheet fill $CODE everyday - --correct 1 --reason "misread" --lang nb; kor sheet of $CODE | sed 's/ *$//'; kor sheet of $CODE 1; kor sheet of $CODE 1 --correction 1 --json | grep -c '"replaced":true'; kor sheet of $CODE 2; kor sheet of $CODE two
svar å snakke om nå: Jeg tenker at ingenting nytter: ofte
<code A>, forløp 1, skjema 1: Hverdagen
    dato                  <today>
    skjema                everyday, versjon 1
    rettelse              2: misread
    ført av               operator
    sum for området       Hjemme: ingen sum, 1 ubesvart
    rader                 Det som ble avtalt: 1 nådd, 0 delvis, 1 ikke, 0 gjelder ikke, av 2
number  date        sheet     name           to talk about
     1  <today>  everyday  Everyday life  1
answer to talk about now: I think that nothing is worth while: often
<code A>, episode 1, sheet 1: Everyday life
    date                  <today>
    sheet                 everyday, version 1
    correction            2: misread
    entered by            operator
    section               At home
    cooks                 Cooks
                          -
    tidies                Keeps things tidy
                          2
    rests                 Gets rest
                          1
    section               Signs
    despair               I think that nothing is worth while
                          often
    helps                 What helps then?
                          A walk.
                          Music.
    call                  Whom I call
                          on paper alone: kor stores no names
    section               What was agreed
    told                  Rights were explained
                          reached
    met                   Everybody met once
                          not reached: it was put off twice for illness
    again                 To be gone through again
                          2026-09-01
    area sum              At home: no sum, 1 not answered
    rows                  What was agreed: 1 reached, 0 partly, 1 not, 0 do not apply, of 2
1
kor: this episode has no sheet 2 in that version: 'kor sheet of <code A>' lists those it has
kor: 'two' is no number: take the one in front of the line of 'kor sheet of'
[status 64]
# Signed and handed out.
$ CODE=$(kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); kor sheet tick $CODE 1 signature client; kor sheet tick $CODE 1 copy gp --quiet >/dev/null; kor sheet tick $CODE 1 copy gp --off --lang sv | tail -3; kor sheet tick $CODE 1 copy somebody
<code A>, episode 1, sheet 1: Everyday life
    date                  <today>
    sheet                 everyday, version 1
    correction            2: misread
    entered by            operator
    signature             client, ticked on <today> by operator
    underskrift           klient, avprickat <today> av operator
    kopia                 husläkare, avprickat <today> av operator
    kopia                 husläkare, återtaget <today> av operator
kor: it is ticked for client, family, gp, staff or other; names have no place here
[status 65]
