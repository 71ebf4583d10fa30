# What a client has consented to, and that it was withdrawn.
$ kor open --date 2026-01-02 >/dev/null; kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
<code A>
$ kor consent $A
No consent was written down.
$ kor consent give $A --purpose research --to uio | sed 's/ *$//'
number  purpose   to   given       by        withdrawn  reason
     1  research  uio  <today>  operator
$ kor consent give $A --purpose research --to uio
kor: that consent stands already: it is 1 in 'kor consent'
[status 65]
$ kor consent give $A --purpose research --to "Anna Berg"
kor: who gets what a consent is for is said in a word of 1 to 32 small letters a to z, digits and hyphens, such as 'registry', and not by a person's name
[status 65]
$ kor consent give $A --to uio
kor: --purpose is missing: see 'kor help consent give'
[status 64]
$ kor consent withdraw $A 1 --reason "a change of mind" | sed 's/ *$//'
number  purpose   to   given       by        withdrawn   reason
     1  research  uio  <today>  operator  <today>  a change of mind
$ kor consent withdraw $A 1 --reason "a change of mind"
kor: consent 1 is withdrawn already
[status 65]
$ kor consent withdraw $A 2 --reason "a change of mind" --lang nb
kor: denne klienten har ikke noe samtykke 2: 'kor consent' viser dem som finnes
[status 66]
$ kor consent $A --lang sv | sed 's/ *$//'
nummer  ändamål   till  givet       av        återkallat  skäl
     1  research  uio   <today>  operator  <today>  a change of mind
$ kor consent $A --json | sed 's/_ms":[0-9]*/_ms":<instant>/g'
{"code":"<code A>","id":1,"purpose":"research","to":"uio","given_ms":<instant>,"by":"operator","withdrawn_ms":<instant>,"withdrawn_by":"operator","reason":"a change of mind"}
