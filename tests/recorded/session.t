# A session that was put down wrongly is mended, on record.
#: kord key $DIR ann
$ kor open --born 1990-04 --therapist ann --date 2026-01-05 >/dev/null; kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
<code A>
$ kor record $A outcome 3 4 3.5 4 --date 2026-01-12 --quiet >/dev/null
$ kor record $A --status held --date 2026-01-19 --quiet >/dev/null
$ kor session $A 2 --date 2026-01-20 --mode video --by ann --reason "typed wrongly"
<code A>, session 2
    date                  2026-01-20
    status                held
    mode                  by video
    held by               ann
$ kor session $A 2 --status not-attended --reason "did not come" --lang nb
<code A>, time 2
    dato                  2026-01-20
    status                ikke møtt
    form                  på video
    holdt av              ann
$ kor session $A 1 --date 2026-01-21 --reason "typed wrongly"
kor: session 1 can be on a day from 2026-01-05 to 2026-01-20: within the episode, not in the future, and in order with the sessions beside it
[status 65]
$ kor session $A 1 --status not-attended --reason "no" --lang sv
kor: samtal 1 har svar, så det hölls: 'kor correct' flyttar dem till klienten de hör till
[status 65]
$ kor session $A 1 --mode phone
kor: --reason is missing: see 'kor help session'
[status 64]
$ kor session $A x --mode phone --reason "r"
kor: 'x' is no number of a session: 'kor show' has them
[status 64]
$ kor session $A 1 --reason "r"
kor: nothing to mend: give --date, --status, --mode or --by
[status 65]
$ kor session $A 1 --mode phone --reason "by phone" --json
{"code":"<code A>","episode":1,"session":1,"date":"2026-01-12","status":"held","mode":"phone"}
$ kor show $A | tail -3
   date        status             scale    score  change  standing
1  2026-01-12  held               outcome   14.5       0  too early to say
2  2026-01-20  not attended, ann                          
$ kor export | sed -n 3p
<code A>,1,talk,clinic,ann,open,2,2026-01-20,not-attended,video,,,,,,,,,,,,ann
