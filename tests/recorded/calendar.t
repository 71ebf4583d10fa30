# A calendar is imported, again, and without what was agreed.
$ kor open --born 1990-04 >/dev/null; kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
<code A>
$ DAY=$(date -d '+7 days' +%Y%m%d); { echo BEGIN:VCALENDAR; for U in 1 2; do echo BEGIN:VEVENT; echo UID:$U; echo "SUMMARY:Kari $A phone"; echo DTSTART:${DAY}T0${U}0000; echo END:VEVENT; done; echo BEGIN:VEVENT; echo SUMMARY:Lunch; echo END:VEVENT; echo BEGIN:VEVENT; echo UID:4; echo "SUMMARY:$A"; echo DTSTART:20200102T090000; echo END:VEVENT; echo BEGIN:VEVENT; echo UID:3; echo SUMMARY:K3M9-7TP6; echo DTSTART:${DAY}T090000; echo END:VEVENT; echo END:VCALENDAR; } >a.ics; kor calendar import a.ics
line 20: <code B> is not one of your clients: skipped
    events                5
    without a code        1, skipped
    past                  1, skipped: more than a day ago
    appointments sent     2
    new                   2
    changed               0
    as they were          0
    cancelled             0
$ kor calendar import a.ics --json
{"events":5,"without_code":1,"past":1,"off":0,"sent":2,"added":0,"changed":0,"same":2,"cancelled":0,"refused":[{"line":20,"code":"<code B>"}]}
$ sed '/UID:2/,/DTSTART/s/SUMMARY.*/SUMMARY:gone/' a.ics >c.ics; kor calendar import c.ics --lang nb
linje 20: <code B> er ikke en av klientene dine: hoppet over
    hendelser             5
    uten kode             2, hoppet over
    tilbake i tid         1, hoppet over: mer enn ett døgn siden
    avtaler sendt         1
    nye                   0
    endret                0
    som de var            1
    avlyst                1
$ kor calendar | sed 's/20[0-9-]* /<day> /'
begins            client     mode      therapist
<day> 01:00  <code A>  by phone  operator
$ kor calendar --json | sed 's/"start_ms":[0-9]*/"start_ms":<ms>/; s/"minute":[0-9]*/"minute":<minute>/; s/"date":"[0-9-]*"/"date":"<day>"/'
{"id":1,"code":"<code A>","episode":1,"therapist":"operator","start_ms":<ms>,"date":"<day>","minute":<minute>,"mode":"phone"}
$ printf 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:%s\nDTSTART:20260101T090000\nRRULE:FREQ=SECONDLY;COUNT=1000000\nEND:VEVENT\nEND:VCALENDAR\n' $A >million.ics; kor calendar import million.ics
line 2: what is agreed with a client recurs daily at most
kor: errors in million.ics: 1. Nothing was sent. Correct them and run the same command again
[status 65]
$ printf 'hello\n' >no.ics; kor calendar import no.ics --lang sv
kor: no.ics: rad 1: detta är ingen kalender: en iCalendar-fil (.ics) börjar med BEGIN:VCALENDAR
[status 65]
$ kor calendar --until 2020-01-01
Nothing is agreed.
