# What a client thinks will help: one line on top of everything about them.
$ kor open --date 2026-01-02 >/dev/null; kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
<code A>
$ kor theory $A
Nothing was written down yet.
$ kor theory $A "to sleep"; kor theory $A "to be heard before I am advised" --lang sv
What I think will help: to sleep
Det jag tror hjälper: to be heard before I am advised
$ kor theory $A to sleep
kor: write it as: kor theory CODE [TEXT] (see 'kor help theory')
[status 64]
$ kor record $A outcome 3 4 3.5 4 --date 2026-01-05 --quiet >/dev/null; kor show $A | head -2
What I think will help: to be heard before I am advised
<code A>, episode 1
$ kor theory $A | sed 's/20[0-9-]*/<day>/'
<day>  to be heard before I am advised (operator)
<day>  to sleep (operator)
$ kor graph $A -o a.svg --lang nb --quiet; grep -c "Det jeg tror vil hjelpe: to be heard before I am advised" a.svg
1
$ kor graph $A --width 80 --height 30 | grep "help:"
What I think will help: to be heard before I am advised
