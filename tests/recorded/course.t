# An expected course of made-up closed episodes of people of 35 to 45 years; the
# graph of a client whose age is not known says why it shows no expected range.
$ awk 'BEGIN { print "who,day,born,end,score"; for (i = 1; i <= 60; i++) for (s = 0; s < 6; s++) printf "%d,2025-%02d-05,%d-06,planned,%.1f\n", i, s + 1, 1980 + i % 10, 14 + i % 7 + 4 * log(1 + s) + (i * 7 + s * 5) % 9 * 0.7 }' > own.csv
$ printf '[columns]\nid = who\ndate = day\nborn = born\nending = end\n[scale outcome]\ntotal = score\n' > own.map
$ kor import own.csv --map own.map --quiet > codes.csv
$ kor course fit outcome | grep ages
    for ages              35 to 45 years
$ kor course use 1 | grep 'in use'
    in use                yes
$ kor open --date 2026-01-02 | head -1
<code A>, episode 1
$ kor record $A outcome 3 4 3.5 4 --date 2026-01-05 | grep standing
    standing              too early to say
$ kor graph $A -o one.svg
The graph lies in one.svg.
$ grep -o 'No expected range: the course is for certain ages' one.svg
No expected range: the course is for certain ages
$ kor graph $A --lang nb -o nb.svg
Grafen ligger i nb.svg.
$ grep -o 'Ikke noe forventet område: [^<]*' nb.svg
Ikke noe forventet område: den forventede endringen er for bestemte aldre, og
$ kor open --born 1984-03 --date 2026-01-02 | head -1
<code B>, episode 1
$ kor record $B outcome 3 4 3.5 4 --date 2026-01-05 | grep standing
    standing              too early to say
$ kor graph $B -o two.svg
The graph lies in two.svg.
$ grep -c 'No expected range' two.svg
0
[status 1]
# How many scores the range of that course held, in three languages.
$ kor course show 1 | sed -n '/^    range/,$p'
    range                 calibrated on 60 people
    rules for flags       not counted: too few people ended either way

How many of 100 scores the range held
The whole range is to hold 80, its inner part 68.
Each tenth of the people was held against a range made from the other nine.
whose                    scores       whole  inner
all                         300  77 (72-82)     61
start score up to 18.6      100  80 (71-87)     56
above 18.6, up to 20.85     100  74 (65-82)     63
above 20.85                 100  78 (69-85)     65
session 2                    60  75 (63-84)     55
session 3                    60  80 (68-88)     72
session 4                    60  75 (63-84)     48
session 5                    60  77 (65-86)     63
session 6                    60  80 (68-88)     68
Of 100 scores, in each tenth of the model's own spread, from low to high (10 if it fits)
    10  11  10  11  8  10  9  9  10  12
$ kor course show 1 --lang nb | sed -n '/^    området  /,/^time 2/p'
    området               kalibrert på 60 personer
    regler for merker     ikke telt: for få personer endte på hver av måtene

Hvor mange av 100 skårer området omfattet
Hele området skal omfatte 80, den indre delen 68.
Hver tidel av personene ble holdt opp mot et område laget av de ni andre.
for hvem                     skårer        hele  indre
alle                            300  77 (72-82)     61
startskår til og med 18,6       100  80 (71-87)     56
over 18,6, til og med 20,85     100  74 (65-82)     63
over 20,85                      100  78 (69-85)     65
time 2                           60  75 (63-84)     55
$ kor course show 1 --lang sv | sed -n '/^    intervallet  /,/^samtal 2/p'
    intervallet           kalibrerat på 60 personer
    regler för markering  inte räknat: för få personer slutade på vart sätt

Hur många av 100 poäng som intervallet omfattade
Hela intervallet ska omfatta 80, den inre delen 68.
Varje tiondel av personerna jämfördes med ett intervall gjort av de nio andra.
för vilka                      poäng        hela  inre
alla                             300  77 (72-82)    61
startvärde till och med 18,6     100  80 (71-87)    56
över 18,6, till och med 20,85    100  74 (65-82)    63
över 20,85                       100  78 (69-85)    65
samtal 2                          60  75 (63-84)    55
# Eight people are too few to calibrate a range.
$ awk 'BEGIN { print "who,day,end,score"; for (i = 1; i <= 8; i++) for (s = 0; s < 4; s++) printf "%d,2025-%02d-05,planned,%.1f\n", i, s + 1, 14 + i % 7 + 4 * log(1 + s) + (i * 7 + s * 5) % 9 * 0.7 }' > few.csv
$ printf '[columns]\nid = who\ndate = day\nending = end\n[constants]\npathway = short\n[scale outcome]\ntotal = score\n' > few.map
$ kor import few.csv --map few.map --quiet > codes.csv
$ kor course fit outcome --pathway short | grep 'range '
    note                  too few people behind it: the expected range stays hidden, reliable change is shown in its place
    range                 not calibrated: too few people, or fitted by an earlier release
# The course of the 60 as one from elsewhere helps the eight out.
$ kor course show 1 --json > there.json
$ kor course add there.json
kor: the file calls its episodes 'own closed episodes', and here they are another clinic's: say whose with --source
[status 65]
$ kor course add there.json --source 'four clinics' | grep 'source'
    source                four clinics
$ kor course fit outcome --pathway short --reference 3 | sed -n '/^    source/,/^    band/p'
    source                own closed episodes
    reference             course 3 (60 people, four clinics)
                          counts as 92 of the 100 people
    scores from           2025-02-05 to 2025-04-05
    band needs            50 people behind it
$ kor course show 4 | grep 'range  '
    range                 calibrated on 60 people of the reference
$ kor course show 4 --lang nb | sed -n '/^    ref/,+1p; /^    området  /p'
    referanse             forventet endring 3 (60 personer, four clinics)
                          teller som 92 av de 100 personene
    området               kalibrert på 60 personer i referansen
$ kor course show 4 --lang sv | sed -n '/^    ref/,+1p; /^    intervallet  /p'
    referens              förväntad förändring 3 (60 personer, four clinics)
                          räknas som 92 av de 100 personerna
    intervallet           kalibrerat på 60 personer i referensen
$ kor course fit outcome --pathway short --reference 2
kor: course 2 cannot be the reference: its range is not calibrated
[status 65]
$ kor course add own.map
kor: own.map: line 1, column 8 is not JSON (invalid token near 'columns'): mend it there
[status 65]
# With people who end either way, the table of flags.
$ awk 'BEGIN { print "who,day,end,score"; for (i = 1; i <= 90; i++) for (s = 0; s < 7; s++) printf "%d,2025-%02d-05,planned,%.1f\n", i, s + 1, 12 + i % 7 + (i * 11 % 13 - 4) * log(1 + s) + (i * 7 + s * 5) % 9 * 0.7 }' > many.csv
$ sed 's/short/long/' few.map > many.map
$ kor import many.csv --map many.map --quiet > codes.csv
$ echo '{"key": "long", "version": "1", "names": {"en": "Long"}, "signals": {"asks": ["reliably-worse", "off-course-twice", "stalled"], "stalled_sessions": 6, "stalled_days": 90}}' >long.json
$ kor pathway add long.json
long, version 1, is in the catalogue.
$ kor course fit outcome --pathway long | sed -n '/^How well/,$p'
How well each rule foretold who would not end reliably better
Of 45 people 27 did not (7 points).
Means of 20 random halves, each held against a course of the other half.
rule                              flagged  found  left alone  better              area  before
outside the range                      22     36         100       0  0.96 (0.91-1.00)     4.5
outside its inner part                 30     48         100       0  0.96 (0.91-1.00)     4.7
outside the range twice running         6     10         100       0  0.96 (0.92-1.00)     2.9
forecast: more likely not better       81    100          49       2  0.97 (0.92-1.00)     5.0
little change by session 4             54     78          83       1  0.94 (0.87-1.00)     3.0
red in a table of changes              22     37         100       0  0.84 (0.75-0.92)     2.1
    flagged               of 100 people
    found                 of 100 who did not end better
    left alone            of 100 who ended better
    better                of 10 flagged, who ended better after all
    area                  under the ROC curve: 0.5 is a coin
                          rules whose intervals overlap are not told apart
    before                sessions from first flag to last score
    table favours         little change by session 4
    less change said by   little change by session 4
                          a line in lists; it asks for no answer
    asks for an answer    outside the range twice running
                          no other rule here may, whatever the table favours
$ kor course show 5 --lang nb | sed -n '/^Hvor godt/,$p'
Hvor godt hver regel varslet hvem som ikke ville ende pålitelig bedre
Av 45 personer gjorde 27 ikke det (7 poeng).
Gjennomsnitt av 20 tilfeldige halvdeler, hver holdt mot en endring fra den andre halvdelen.
regel                              merket  funnet  i fred  bedre             areal  før
utenfor området                        22      36     100      0  0,96 (0,91-1,00)  4,5
utenfor den indre delen                30      48     100      0  0,96 (0,91-1,00)  4,7
utenfor området to ganger på rad        6      10     100      0  0,96 (0,92-1,00)  2,9
prognose: neppe pålitelig bedring      81     100      49      2  0,97 (0,92-1,00)  5,0
liten endring ved time 4               54      78      83      1  0,94 (0,87-1,00)  3,0
rødt i en tabell over endringer        22      37     100      0  0,84 (0,75-0,92)  2,1
    merket                av 100 personer
    funnet                av 100 som ikke endte bedre
    i fred                av 100 som endte bedre
    bedre                 av 10 merkede, som likevel endte bedre
    areal                 under ROC-kurven: 0.5 er mynt og krone
                          regler med overlappende intervaller kan ikke skilles fra hverandre
    før                   timer fra første merke til siste skår
    tabellen foretrekker  liten endring ved time 4
    mindre bedring ved    liten endring ved time 4
                          en linje i lister; ber ikke om svar
    ber om svar           utenfor området to ganger på rad
                          ingen annen regel her får det, hva tabellen enn foretrekker
$ kor course show 5 --lang sv | sed -n '/^Hur väl/,$p'
Hur väl varje regel förutsåg vem som inte skulle sluta tillförlitligt bättre
Av 45 personer gjorde 27 inte det (7 poäng).
Medelvärden av 20 slumpade halvor, var och en jämförd med en förändring från den andra halvan.
regel                                        markerade  funna  i fred  bättre              area  före
utanför intervallet                                 22     36     100       0  0,96 (0,91-1,00)   4,5
utanför den inre delen                              30     48     100       0  0,96 (0,91-1,00)   4,7
utanför intervallet två gånger i rad                 6     10     100       0  0,96 (0,92-1,00)   2,9
prognos: knappast tillförlitlig förbättring         81    100      49       2  0,97 (0,92-1,00)   5,0
liten förändring vid samtal 4                       54     78      83       1  0,94 (0,87-1,00)   3,0
rött i en tabell över förändringar                  22     37     100       0  0,84 (0,75-0,92)   2,1
    markerade             av 100 personer
    funna                 av 100 som inte slutade bättre
    i fred                av 100 som slutade bättre
    bättre                av 10 markerade, som ändå slutade bättre
    area                  under ROC-kurvan: 0.5 är krona eller klave
                          regler med överlappande intervall kan inte skiljas åt
    före                  samtal från första markering till sista poäng
    tabellen föredrar     liten förändring vid samtal 4
    mindre förbättring vid  liten förändring vid samtal 4
                          en rad i listor; kräver inget svar
    ber om svar           utanför intervallet två gånger i rad
                          ingen annan regel här får det, vad tabellen än föredrar
# The favoured rule marks a score within the range, once, and asks for nothing.
$ kor course use 5 | grep 'in use'
    in use                yes
$ kor open --pathway long --date 2026-01-02 | head -1
<code C>, episode 1
$ for d in 05 12 19; do kor record $C outcome --total 14 --date 2026-01-$d; done | grep standing
    standing              too early to say
    standing              as expected
    standing              as expected
$ kor record $C outcome --total 15 --date 2026-01-26 | grep 'range\|standing\|finding\|signal'
    expected range        11 to 26.5 (from 90 people)
    standing              less change than expected
$ kor record $C outcome --total 15 --date 2026-02-02 | grep 'range\|standing\|finding\|signal'
    expected range        10.7 to 27.6 (from 90 people)
    standing              as expected
# Less change than expected, with the rule that said it and how many like this
# still improved; what the standing and a finding say alike is printed once.
$ kor show $C | tail -3
3  2026-01-19  held    outcome     14       0  as expected
4  2026-01-26  held    outcome     15       1  less change than expected; little change this far on; about 1 of 10 like this still improved
5  2026-02-02  held    outcome     15       1  as expected
$ kor show $C --lang nb | tail -2
4  2026-01-26  gjennomført  outcome    15        1  mindre bedring enn forventet; liten endring så langt ut i forløpet; omtrent 1 av 10 som dette ble likevel bedre
5  2026-02-02  gjennomført  outcome    15        1  som forventet
$ kor show $C --lang sv | tail -2
4  2026-01-26  genomfört  outcome     15           1  mindre förbättring än väntat; liten förändring så långt in i behandlingsperioden; ungefär 1 av 10 som detta blev ändå bättre
5  2026-02-02  genomfört  outcome     15           1  som väntat
$ kor open --pathway long --date 2026-01-02 | head -1
<code D>, episode 1
$ for day in 05 12 19; do kor record $D outcome --total 14 --date 2026-01-$day > out; done; kor record $D outcome --total 15 --date 2026-01-26 | sed -n '/range/,$p'
    expected range        11 to 26.5 (from 90 people)
    standing              less change than expected
    rule                  little change this far on
                          about 1 of 10 like this still improved
Next: Look at the graph together: kor graph <code D>
$ kor record $D outcome --total 5 --date 2026-02-02 | sed -n '/range/,$p'
    expected range        10.7 to 27.6 (from 90 people)
    standing              less change than expected
    finding               reliably worse
New signal: reliably worse (outcome). What do you change?
Next: Look at the graph together and talk about what could be different: method, resources, place or time. kor graph <code D>
$ kor record $D outcome --total 4 --date 2026-02-09 | sed -n '/range/,$p'
    expected range        11 to 28.1 (from 90 people)
    standing              less change than expected
    finding               reliably worse
                          less change than expected, twice running
Open signal: reliably worse (outcome), since session 5 on 2026-02-02; sessions since then: 1.
New signal: less change than expected, twice running (outcome). What do you change?
Next: Look at the graph together and talk about what could be different: method, resources, place or time. kor graph <code D>
$ kor show $D | tail -3
4  2026-01-26  held    outcome     15       1  less change than expected; little change this far on; about 1 of 10 like this still improved
5  2026-02-02  held    outcome      5      -9  less change than expected; reliably worse
6  2026-02-09  held    outcome      4     -10  less change than expected; reliably worse; less change than expected, twice running
