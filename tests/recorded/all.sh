#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every transcript of this folder.
exec python3 tests/recorded/run.py tests/recorded/*.t
