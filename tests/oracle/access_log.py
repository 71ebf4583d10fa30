#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes access_log_oracle.h: two rows of an access log and the hashes that
store/access_log.h gives them, by BLAKE2b of Python's hashlib.

    tests/oracle/access_log.py > tests/oracle/access_log_oracle.h

A hash is over the hash before and the fields in the order of the table, each
with its length in 8 bytes before it; numbers are 8 bytes; all little-endian.
"""
import hashlib

ROWS = [
    (1, 1767600000000, 0, "", "", "log-in", "", "", 0, b"", "", "", "",
     "forbidden", bytes(16)),
    (2, 1767600000001, 7, "ann", "therapist", "show", "/clinic/north/",
     "4333-333W", 3, bytes([1, 0, 0, 0, 0, 0, 0, 0]), "outcome", "emergency",
     "needed at once, r\u00e5d", "ok", bytes(range(16))),
]


def part(value):
    if isinstance(value, int):
        value = value.to_bytes(8, "little", signed=True)
    if isinstance(value, str):
        value = value.encode()
    return len(value).to_bytes(8, "little") + value


def chained(before, row):
    data = part(before) + b"".join(map(part, row))
    return hashlib.blake2b(data, digest_size=32).digest()


def literal(data):
    return ", ".join(f"0x{byte:02x}" for byte in data)


def main():
    print("/* SPDX-License-Identifier: GPL-3.0-or-later */\n")
    print("/* Made by access_log.py. */\n")
    print("static const uint8_t chain[][KOR_LOG_HASH_SIZE] = {")
    before = bytes(32)
    for row in ROWS:
        before = chained(before, row)
        print("    {", end="")
        for i in range(0, 32, 8):
            end = "},\n" if i == 24 else ",\n     "
            print(literal(before[i:i + 8]), end=end)
    print("};")


main()
