# A file is checked whole before a row of it is sent.
$ printf '[columns]\nid = who\ndate = day\n[scale outcome]\nitems = a, b, c, d\n' > m.map
$ printf 'who,day,a,b,c,d\n1,2026-01-05,3,4,5,6\n1,2026-01-12,3,4,5,60\n2,2026-13-05,1,2,3,4\n2,2026-01-12,1,2,3\n' > bad.csv
$ kor import bad.csv --map m.map
kor: line 5 has 5 cells and the header has 6: look for a decimal comma, a missing quote or another delimiter
[status 65]
$ printf '\357\273\277who,day,a,b,c,d\r\n1,2026-01-05,3,4,5,6\r\n1,2026-01-12,3,-,5,6\r\n' > bom.csv
$ kor import bom.csv --map m.map
line 3, column b: '-' is no number written with '.' for its decimals: correct it, or set decimal in the map
kor: errors in bom.csv: 1. Nothing was sent. Correct them and run the same command again
[status 65]
$ printf 'who,day,a,b,c,d\n1,2026-01-05,3,"4,5,6\n' > open.csv
$ kor import open.csv --map m.map
kor: line 2: a quote is left open or stands where none can: put quotes round the whole cell, and double those inside it
[status 65]
$ printf 'who,day,a,b,c,d\n' > none.csv
$ kor import none.csv --map m.map
kor: none.csv has no rows below its header: there is nothing to read
[status 65]
$ printf 'who,date,a,b,c,d\n1,2026-01-05,3,4,5,6\n' > columns.csv
$ kor import columns.csv --map m.map
kor: line 1: the file has no column 'day', which the map names; its first columns are 'who' and 'date'
[status 65]
$ printf 'who;day;a;b;c;d\n1;2026-01-05;3,5;4;5;6\n1;2026-01-12;4,5;4;5;6\n2;2026-01-05;1;1;1;1\n' > comma.csv
$ kor import comma.csv --map m.map
kor: line 1: the file has no column 'who', which the map names; its first columns are 'who;day;a;b;c;d' and ''
[status 65]
$ (printf '[file]\ndelimiter = semicolon\ndecimal = comma\n'; cat m.map) > semi.map
$ kor import comma.csv --map semi.map --dry-run
comma.csv can be imported: people 2, sessions 3, answers 3. Nothing was sent.
$ kor caseload
No episode is open here: 'kor open' begins one.
$ kor import comma.csv --map semi.map
comma.csv is imported: people 2, sessions 3, answers 3.
person,code
1,<code A>
2,<code B>
# The same file again changes nothing.
$ kor import comma.csv --map semi.map
comma.csv is imported: people 2, sessions 3, answers 3.
person,code
1,<code A>
2,<code B>
$ kor caseload
  client     sessions  last        scale    start  score  change  signal or standing
  <code B>         1  2026-01-05  outcome      4      4       0  too early to say
  <code A>         2  2026-01-12  outcome   18.5   19.5       1  
$ kor export
code,episode,pathway,unit,therapist,ending,session,date,status,mode,scale,scale_version,rater,language,how,version,items,total,standing,made_up,shared,held_by
<code A>,1,talk,clinic,operator,open,1,2026-01-05,held,,outcome,1,client,,import,1,3.5 4 5 6,18.5,unknown,,,
<code A>,1,talk,clinic,operator,open,2,2026-01-12,held,,outcome,1,client,,import,1,4.5 4 5 6,19.5,unknown,,,
<code B>,1,talk,clinic,operator,open,1,2026-01-05,held,,outcome,1,client,,import,1,1 1 1 1,4,unknown,,,
$ printf 'who,day,a,b,c,d\n1,2026-01-05,3,\377,5,6\n' > latin.csv
$ kor import latin.csv --map m.map
kor: line 2, cell 4 is not UTF-8: save the file as UTF-8 and try again
[status 65]
$ kor import missing.csv --map m.map
kor: missing.csv: No such file or directory
[status 66]
