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
                          seldom, crisis, often; needed; to talk about now from 'crisis' on
    helps                 What helps then?
                          lines of text, up to 600 characters
    call                  Whom I call
                          on paper alone: kor stores no names
    section               What was agreed
    told                  Rights were explained
                          reached, partly, not, not-applicable
    met                   Everybody met once
                          reached, partly, not, not-applicable
    again                 To be gone through again
                          a date
    note                  An example. Nobody has shown that it measures anything.
The definition holds together. Add it with 'kor sheet add'.
$ kor sheet add everyday.json; kor sheet add everyday.json
everyday, version 1, is in the catalogue.
kor: everyday.json, version: everyday is there in version 1 already: a definition never changes, give it a new version
[status 65]
$ sed 's/"attention": "crisis"/"attention": "never"/' everyday.json >other.json; kor sheet check other.json
kor: other.json, sections[1].fields[0].attention: sections[1].fields[0].attention is 'never' and must be one of seldom, crisis, often: choose one
[status 65]
$ kor sheet list; kor sheet list --lang sv
sheet     version  fields  name
closing   1             7  Closing talk
everyday  1             9  Everyday life
blad      version  fält  namn
closing   1           7  Avslutande samtal
everyday  1           9  Vardagen
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
