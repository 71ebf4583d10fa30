# A pathway of one's own, as docs/pathways.md has it, and what is due on it.
$ sed -n '/^```json/,/^```/p' $ROOT/docs/pathways.md | grep -v '^```' >sleep.json
$ kor pathway check sleep.json
sleep: Sleep, in six weeks
    version               1
    lead scale            isi
    planned length        6 sessions or 6 weeks
    phase                 begin: beginning, one session or 2 weeks; then work
    phase                 work: the programme, 4 weeks; then end
    phase                 end: closing; the last one
    contact               call: weekly call, once a week, overdue 3 days later; only in: begin, work
    scale                 isi: at the start, overdue 7 days later
    scale                 isi: once in 2 weeks, overdue 4 days later; only in: work
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
$ sed 's/"weeks": 2}/"weeks": 1, "next": "end"}/; s/"key": "work", .*/"key": "work", "names": {"en": "work"}, "next": null},/; s/"begin", "work"/"end"/; s/"next": null}$/"next": "work"}/; s/"reliably-worse"\],*/"stalled"], "stalled_sessions": 8, "stalled_days": 90/; s/"grace_days": 3,/"grace_days": 1,/' sleep.json >terse.json; for L in en nb sv; do kor pathway check terse.json --lang $L --quiet; done
sleep: Sleep, in six weeks
    version               1
    lead scale            isi
    planned length        6 sessions or 6 weeks
    phase                 begin: beginning, one session or a week; then end
    phase                 work: work; the last one
    phase                 end: closing; then work
    contact               call: weekly call, once a week, overdue the day after; only in: end
    scale                 isi: at the start, overdue 7 days later
    scale                 isi: once in 2 weeks, overdue 4 days later; only in: work
    scale                 alliance: at the end of a session
    scale                 phq9: at the end, overdue 7 days later
    scale                 isi: follow-up after 6 months, overdue 30 days later
    sheet                 closing: at the end, overdue 14 days later
    asks for an answer    answer to talk about now
    asks for an answer    no reliable change yet
    limit                 no reliable change yet, after 8 sessions or 90 days
    module                diary: Sleep diary
    module                rhythm: Rhythm
    planned ending        done: went through it
    unplanned ending      too-much: it was too much
    note                  An example. Nobody has shown that it helps.
sleep: Søvn, på seks uker
    versjon               1
    hovedskala            isi
    planlagt lengde       6 timer eller 6 uker
    fase                  begin: start, én time eller en uke; deretter end
    fase                  work: work; den siste
    fase                  end: avslutning; deretter work
    kontakt               call: ukentlig samtale, én gang i uken, over fristen dagen etter; bare i: end
    skala                 isi: ved starten, over fristen 7 dager senere
    skala                 isi: én gang på 2 uker, over fristen 4 dager senere; bare i: work
    skala                 alliance: når timen slutter
    skala                 phq9: ved avslutningen, over fristen 7 dager senere
    skala                 isi: etter avslutning, 6 måneder, over fristen 30 dager senere
    skjema                closing: ved avslutningen, over fristen 14 dager senere
    ber om svar           svar å snakke om nå
    ber om svar           ingen pålitelig endring ennå
    grense                ingen pålitelig endring ennå, etter 8 timer eller 90 dager
    modul                 diary: Søvndagbok
    modul                 rhythm: Rytme
    avtalt avslutning     done: gjennomført
    avsluttet uten avtale  too-much: det ble for mye
    merknad               An example. Nobody has shown that it helps.
sleep: Sömn, på sex veckor
    version               1
    huvudskala            isi
    planerad längd        6 samtal eller 6 veckor
    fas                   begin: början, ett samtal eller en vecka; därefter end
    fas                   work: work; den sista
    fas                   end: avslut; därefter work
    kontakt               call: veckosamtal, en gång i veckan, försenat dagen efter; bara i: end
    skala                 isi: vid starten, försenat 7 dagar senare
    skala                 isi: en gång på 2 veckor, försenat 4 dagar senare; bara i: work
    skala                 alliance: när samtalet slutar
    skala                 phq9: vid avslutet, försenat 7 dagar senare
    skala                 isi: uppföljning, 6 månader, försenat 30 dagar senare
    blad                  closing: vid avslutet, försenat 14 dagar senare
    ber om svar           svar att ta upp nu
    ber om svar           ingen tillförlitlig förändring ännu
    gräns                 ingen tillförlitlig förändring ännu, efter 8 samtal eller 90 dagar
    modul                 diary: Sömndagbok
    modul                 rhythm: Rytm
    överenskommet avslut  done: genomfört
    avslut utan överenskommelse  too-much: det blev för mycket
    anmärkning            An example. Nobody has shown that it helps.
$ sed 's/"next": null/"next": "begin"/' sleep.json >loop.json; kor pathway add loop.json
kor: loop.json: phases[2].next goes back to 'begin', and so it never ends: name a phase that was not yet, or write null for the end. (Going back is done for one client, with 'kor phase')
[status 65]
$ sed 's/"scale": "phq9"/"scale": "phq99"/' sleep.json >other.json; kor pathway check other.json --quiet >/dev/null
kor: other.json: scales[3].scale names 'phq99', which is not there: add it first, or take it out
[status 65]
$ : >empty.json; kor pathway add empty.json; printf '\357\273\277' | cat - sleep.json >bom.json; kor pathway check bom.json; kor pathway check bom.json --lang nb; kor sheet add empty.json --lang sv; KOR_AT=nowhere kor pathway add sleep.json; kor pathway add none.json --lang nb; kor pathway add . --lang sv
kor: empty.json: the file is empty: write it as the manual shows
kor: bom.json: the file begins with a byte order mark, which is no part of JSON: save it as UTF-8 without BOM
kor: bom.json: filen begynner med et byterekkefølgemerke, som ikke hører til JSON: lagre den som UTF-8 uten BOM
kor: empty.json: filen är tom: skriv den som handboken visar
kor: there is no nowhere/client.ini: say where the clinic's folder is, with --at FOLDER or in KOR_AT
kor: none.json: det er ingen slik fil eller mappe
kor: .: det är en mapp och ingen fil
[status 74]
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
$ CODE=$(kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'); kor phase $CODE work --date 2001-01-01; kor part agree $CODE diary --until 2001-01-01 2>&1 | sed 's/to 20.*/to <a year on>/'; kor seen $CODE; kor goal add $CODE "sleep" --set 2001-01-01; kor consent give $CODE --purpose Research --to registry; kor phase $CODE work --date 1820-01-01 --lang nb
kor: a phase begins on a day from <today>, when the one before it did, to today, <today>
kor: the next contact is on a day from today, <today>, to <a year on>
kor: 'kor seen' is for a client, with the key of the own code: staff see with 'kor part list <code A>' when that was last
kor: a goal is agreed on a day from <today>, when the episode began, to today, <today>
kor: what a consent is for is said in a word of 1 to 32 small letters a to z, digits and hyphens, such as 'research'
kor: --date må være en dag fra 1900-01-01 til 2199-12-31, skrevet ÅÅÅÅ-MM-DD, ikke '1820-01-01'
[status 64]
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
$ kor help due | tail -2; kor help consent --lang nb | tail -2; kor help due missing | head -1
  -h, --help                  help on kor, or on the command
  due missing       say why something that was due did not come
  consent give      skriv ned et samtykke
  consent withdraw  skriv ned at et samtykke er trukket tilbake
kor due missing CODE ID forgot|declined|crisis|phone|unsuitable
