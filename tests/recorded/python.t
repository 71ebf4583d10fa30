# The client in docs/protocol.md, as it stands there.
$ awk '/^```python/{p=1;next}/^```/{p=0}p' "$ROOT/docs/protocol.md" > client.py; wc -l < client.py
10
$ kor open
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                <today>
    ending                open
    sessions              0
$ own=$DIR/keys/operator.key; /usr/bin/python3 client.py "$(sed -n 's/^endpoint = //p' $DIR/client.ini)" "$(sed -n 's/^server = //p' $DIR/client.ini)" "$(sed -n 's/^public = //p' $own)" "$(sed -n 's/^secret = //p' $own)" $A | grep -o '"code":"ok"\|"total":[0-9.]*'
"code":"ok"
"total":22.5
$ kor caseload
  client     sessions  last        scale    start  score  change  signal or standing
  <code A>         1  <today>  outcome   22.5   22.5       0  too early to say
