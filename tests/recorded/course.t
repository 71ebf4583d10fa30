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
