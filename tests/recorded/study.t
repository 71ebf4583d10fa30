# What a researcher takes out names nobody.
#: kord key $DIR study --role researcher
$ kor open --born 1990-04 --date 2026-01-05 >/dev/null; kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
<code A>
$ kor record $A outcome 3 4 3.5 4 alliance 8 8 9 --date 2026-01-12 --mode room >/dev/null
$ kor record $A --status not-attended --date 2026-01-19
<code A>, session 2 on 2026-01-19, not attended
$ kor export --key $DIR/keys/study.key | sed 's/^[0-9a-f]\{13\},/<person>,/'
person,episode,pathway,ending,session,day,status,mode,scale,scale_version,rater,how,version,items,total,standing,made_up,shared
<person>,1,,open,1,7,held,room,alliance,1,client,self,1,8 8 9,25,unknown,,
<person>,1,,open,1,7,held,room,outcome,1,client,self,1,3 4 3.5 4,14.5,unknown,,
<person>,1,,open,2,14,not-attended,,,,,,,,,,,
$ kor export --key $DIR/keys/study.key --json | sed 's/"person":"[0-9a-f]\{13\}"/"person":"<person>"/' | sed -n 1p
{"episode":1,"ending":"open","session":1,"status":"held","mode":"room","scale":"alliance","scale_version":"1","rater":"client","how":"self","version":1,"values":[8,8,9],"total":25,"standing":"unknown","person":"<person>","day":7}
$ test "$(kor export --key $DIR/keys/study.key | sed -n '2s/,.*//p')" = "$(kor export --key $DIR/keys/study.key | sed -n '2s/,.*//p')" || echo "another one each time"
another one each time
$ kor show $A --key $DIR/keys/study.key
kor: this key (researcher) may not do 'show': ask an administrator
[status 77]
$ kor export | sed -n 1,2p
code,episode,pathway,unit,therapist,ending,session,date,status,mode,scale,scale_version,rater,language,how,version,items,total,standing,made_up,shared,held_by
<code A>,1,talk,clinic,operator,open,1,2026-01-12,held,room,alliance,1,client,,self,1,8 8 9,25,unknown,,,
