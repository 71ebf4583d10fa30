# A client comes into other hands: who may, and what is shown of it.
#: kord key $DIR ann
#: kord key $DIR bob
$ kor open --born 1990-04 --therapist ann --date 2026-01-05
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             ann
    opened                2026-01-05
    ending                open
    sessions              0
$ kor show $A --key $DIR/keys/bob.key
kor: this client is another therapist's: in an emergency 'kor break-glass' opens the client, on record
[status 77]
$ kor handover $A --to nobody --reason "moves"
kor: nobody here is called 'nobody': an administrator adds accounts
[status 66]
$ kor handover $A --to bob --reason "moves away"
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             bob
    opened                2026-01-05
    ending                open
    sessions              0
$ kor show $A --key $DIR/keys/ann.key
kor: this client is another therapist's: in an emergency 'kor break-glass' opens the client, on record
[status 77]
$ kor handover --key $DIR/keys/ann.key $A --to ann --reason "mine again"
kor: this client is another therapist's
[status 77]
$ kor cover $A --by ann --until 2001-01-01 --reason "ill"
kor: give the last day of it, today (<today>) or later
[status 65]
$ kor cover $A --by ann --until $(date -d '+30 days' +%F) --reason "ill" --key $DIR/keys/bob.key | sed 's/until 20[0-9-]*/until <day>/'
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             bob
    covered by            ann, until <day>
    opened                2026-01-05
    ending                open
    sessions              0
$ kor cover $A --end --reason "well again" | tail -3
    opened                2026-01-05
    ending                open
    sessions              0
$ kor supervise $A --by operator --reason "asked for it" | tail -4
    supervisor            operator
    opened                2026-01-05
    ending                open
    sessions              0
$ kor supervise $A --reason "x"
kor: --by is missing: see 'kor help supervise'
[status 64]
$ kor supervise $A --unit --reason "as before" | tail -3
    opened                2026-01-05
    ending                open
    sessions              0
$ kor show $A --key $DIR/keys/bob.key --lang sv | sed 's/  20[0-9-]*  /  <day>       /'
<code A>, behandlingsperiod 1
    insats                talk, version 1
    enhet                 clinic
    behandlare            bob
    öppnad                2026-01-05
    avslut                öppen
    samtal                0

datum       vad         från           till           till och med  av        skäl
<today>  handledare  operator       enhetens egen                operator  as before
<today>  handledare  enhetens egen  operator                     operator  asked for it
<today>  ersättare   ann            ingen                        operator  well again
<today>  ersättare   ingen          ann            <day>         bob       ill
<today>  behandlare  ann            bob                          operator  moves away

  datum  status  skala  poäng  förändring  placering
$ kor handover --all-of bob --to ann --reason "leaves" --yes
Handed over: 1.
$ kor handover --all-of bob --to ann --reason "leaves" --yes
kor: 'bob' has no open episode that this key may hand over
[status 66]
$ kor handover --all-of ann --to bob --reason "back" --yes --json
{"episodes":1,"supervised":0,"others":0}
$ kor log of $A --json | sed -n 's/.*"action":"\([a-z.]*\)".*"ground":"\([a-z]*\)".*"reason":"\([^"]*\)".*/\1, \2: \3/p'
handover, supervision: moves
handover, supervision: moves away
cover, supervision: ill
cover, care: ill
cover, supervision: well again
supervise, supervision: asked for it
supervise, supervision: as before
handover.all, supervision: leaves
handover.all, supervision: back
