# Everything about a client is taken out, then erased; the code stays unused.
$ kor open --born 1990-04 >/dev/null; A=$(kor caseload --json | sed 's/.*"code":"\([^"]*\)".*/\1/'); echo $A
<code A>
$ kor record $A outcome 3 4 3.5 4 >/dev/null
$ kor record $A outcome 5 4 4.5 4 --session 2 >/dev/null
$ kor person $A --out out --asked "the client, by letter"
Everything about <code A> is in out. Hand it over safely, then delete the folder.
$ kor person $A --out out --asked "the client, again"
kor: the folder out is not empty, and nothing in it is written over: name a new one with --out, or empty it
[status 73]
$ ls out
answers.csv
goals.csv
graph-1.pdf
log.csv
person.json
$ cut -d, -f1,2,4- out/answers.csv
episode,session,status,scale,rater,version,items,total,standing,struck,why
1,1,held,outcome,client,1,3 4 3.5 4,14.5,unknown,,
1,2,held,outcome,client,1,5 4 4.5 4,17.5,unknown,,
$ cut -d, -f3- out/log.csv
who,role,what,unit,ground,reason,outcome
operator,therapist,open,/clinic/,care,,ok
operator,therapist,caseload,,care,,ok
operator,therapist,record,/clinic/,care,,ok
operator,therapist,record,/clinic/,care,,ok
operator,therapist,person,/clinic/,care,"the client, by letter",ok
$ head -c 5 out/graph-1.pdf
%PDF-
$ kor retention --before 2100-01-01
There is nobody of whom nothing was entered for so long.
$ kor erase $A --reason "asked for it"
kor: this cannot be taken back, and nobody is at a terminal to be asked: give --yes if it is meant
[status 64]
$ kor erase $A --reason "asked for it" --yes
<code A> is erased; backups hold it until they expire.
$ kor show $A
kor: there is no client with the code <code A>
[status 66]
$ kor open --code $A
kor: the code <code A> was somebody's who was erased: choose another one
[status 65]
$ kor log of $A --json | sed -n 's/.*"action":"\([a-z.]*\)".*/\1/p' | tail -3
person
log.of
erase
$ sed 's/ [0-9]*$/ N/' $DIR/deletions
kor-deletions N
<code A> N
$ kor retention --before 2100-01-01 --erase
kor: --reason is missing: see 'kor help retention'
[status 64]
