# kor: see README.md.  'make' builds into build/, 'make demo' and 'make check'
# install what they need and run; the other targets are at the end.

VERSION = 0.4.0
PREFIX ?= /usr/local
DESTDIR ?=
B ?= build
CC ?= cc
CFLAGS ?= -O2 -g
WERROR ?= $(if $(CI),-Werror)
ifdef SANITIZE
CFLAGS += -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
          -fno-sanitize-recover=undefined
endif

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
       -Wmissing-prototypes -Wundef -Wpointer-arith -Wcast-qual \
       -Wno-overlength-strings
# What the compiler knows: jumps that land nowhere else (x86, ARM), and sizes
# that are known only when the program runs.
knows = $(shell $(CC) -Werror -O1 $1 -include string.h -x c -c \
    -o /dev/null /dev/null 2>/dev/null && echo '$1')
FORTIFY := $(or $(call knows,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3),-D_FORTIFY_SOURCE=2)
JUMPS := $(or $(call knows,-fcf-protection=full),$(call knows,-mbranch-protection=standard))
HARD = $(FORTIFY) $(JUMPS) -fstack-protector-strong -fstack-clash-protection \
       -fPIE -fno-fast-math -ffp-contract=off
HARD_LD = -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack
STD = -std=c11 -D_GNU_SOURCE -DKOR_VERSION='"$(VERSION)"'
INC = -Iinclude -Idaemon -Iclient -Itests -I$(B)/gen
ALL_CFLAGS = $(STD) $(INC) $(WARN) $(WERROR) $(HARD) $(CFLAGS)

# 'make V=1' shows the commands.
Q = $(if $(V),,@)
SAY = echo '  '

# --- rooms ---------------------------------------------------------------
# Lowest floor first; tests/include_directions.awk holds the directions.
SHARED_ROOMS = base wire stat define
DAEMON_ROOMS = store access pathway backup plot service bus
src = $(sort $(wildcard daemon/$1/*.c))
obj = $(patsubst %.c,$(B)/%.o,$(call src,$1))

GEN = $(B)/gen/text_nb.c $(B)/gen/text_sv.c $(B)/gen/sql_table.c \
      $(B)/gen/catalogue.c $(B)/gen/pathways.c $(B)/gen/forms.c \
      $(B)/gen/scripts.c
base_GEN = $(B)/gen/text_nb.o $(B)/gen/text_sv.o
store_GEN = $(B)/gen/sql_table.o
define_GEN = $(B)/gen/catalogue.o $(B)/gen/pathways.o $(B)/gen/forms.o
plot_GEN = $(B)/gen/scripts.o

LIBS_BASE = -lcsv -lm
LIBS_WIRE = -lzmq -ljansson -linih -lsodium $(LIBS_BASE)
LIBS_CLIENT = -lical $(LIBS_WIRE)
LIBS_DAEMON = -lsqlite3 -lseccomp -lpthread $(LIBS_WIRE)

up = $(patsubst %,$(B)/lib/%.a,$1)
DAEMON_LINK = $(call up,bus service plot backup pathway access store define stat wire base)
CLIENT_LINK = $(B)/lib/client.a $(call up,define stat wire base)

all: $(B)/bin/kord $(B)/bin/kor

MAIN_OBJ = $(patsubst %.c,$(B)/%.o,$(sort $(wildcard daemon/*.c)))

$(B)/bin/kord: $(MAIN_OBJ) $(DAEMON_LINK)
	@mkdir -p $(@D)
	@$(SAY) ld $@
	$(Q)$(CC) $(CFLAGS) $(HARD_LD) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(DAEMON_LINK) -Wl,--end-group $(LIBS_DAEMON)

$(B)/bin/kor: $(patsubst %.c,$(B)/%.o,$(sort $(wildcard client/cli/*.c))) $(CLIENT_LINK)
	@mkdir -p $(@D)
	@$(SAY) ld $@
	$(Q)$(CC) $(CFLAGS) $(HARD_LD) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(CLIENT_LINK) -Wl,--end-group $(LIBS_CLIENT)

.SECONDEXPANSION:
# What main.c puts together, for tests.
$(B)/lib/main.a: $(filter-out %/main.o,$(MAIN_OBJ))
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
$(B)/lib/client.a: $(patsubst %.c,$(B)/%.o,$(sort $(wildcard client/lib/*.c)))
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
$(B)/lib/%.a: $$(call obj,$$*) $$($$*_GEN)
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@$(SAY) cc $<
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(B)/gen/%.o: $(B)/gen/%.c
	@$(SAY) cc $<
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# --- libkorstat: the statistics for other programs --------------------------
# stat, and what of base stands behind kor_fail(): needs libm and nothing else.
# The number of the .so rises when a program would have to be compiled again.
STAT_SO = libkorstat.so.0
STAT_BASE = code err text utf8
STAT_OBJ = $(patsubst %.c,$(B)/pic/%.o,$(call src,stat) $(STAT_BASE:%=daemon/base/%.c)) \
           $(B)/pic/gen/text_nb.o $(B)/pic/gen/text_sv.o
STAT_HEADERS = $(sort $(wildcard include/kor/stat/*)) \
               $(patsubst %,include/kor/base/%,code.h code.def compiler.h err.h text.h)
PIC_CFLAGS = $(filter-out -fPIE,$(ALL_CFLAGS)) -fPIC

lib: $(B)/lib/libkorstat.a $(B)/lib/$(STAT_SO)

$(B)/lib/libkorstat.a: $(STAT_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
$(B)/lib/$(STAT_SO): $(STAT_OBJ) $(B)/gen/libkorstat.map
	@mkdir -p $(@D)
	@$(SAY) ld $@
	$(Q)$(CC) $(CFLAGS) -shared -Wl,-z,relro,-z,now,-z,defs -Wl,-soname,$(@F) $(LDFLAGS) -Wl,--version-script=$(B)/gen/libkorstat.map -o $@ $(STAT_OBJ) -lm

# What the installed headers declare is exported, and nothing else.
$(B)/gen/libkorstat.map: $(STAT_HEADERS)
	@mkdir -p $(@D)
	$(Q){ echo 'KORSTAT_0 { global:'; \
	    grep -ohE 'kor_[a-z0-9_]+[[(]' $^ | sed 's/.$$/;/' | LC_ALL=C sort -u; \
	    echo 'local: *; };'; } > $@.tmp && mv $@.tmp $@

$(B)/pic/gen/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	@$(SAY) cc $< for the library
	$(Q)$(CC) $(PIC_CFLAGS) -MMD -MP -c -o $@ $<
$(B)/pic/%.o: %.c
	@mkdir -p $(@D)
	@$(SAY) cc $< for the library
	$(Q)$(CC) $(PIC_CFLAGS) -MMD -MP -c -o $@ $<

# --- text, SQL, catalogue and scripts become C tables -------------------------
$(B)/gen/text_%.c: daemon/base/text/%.po daemon/base/po.awk
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -v lang=$* -f daemon/base/po.awk $< > $@.tmp && mv $@.tmp $@
SQL = $(sort $(wildcard sql/migrations/*.sql sql/queries/*.sql))
$(B)/gen/sql_table.c: daemon/store/sql.awk $(SQL) $(B)/gen/sql_names.h
	$(Q)LC_ALL=C awk -f $< $(SQL) > $@.tmp && mv $@.tmp $@
$(B)/gen/sql_names.h: daemon/store/sql.awk $(SQL)
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -v names=1 -f $^ > $@.tmp && mv $@.tmp $@
$(call obj,store): | $(B)/gen/sql_names.h
$(B)/gen/catalogue.c: daemon/base/embed.awk $(sort $(wildcard sql/instruments/*.json))
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -v table=kor_catalogue -f $^ > $@.tmp && mv $@.tmp $@
$(B)/gen/pathways.c: daemon/base/embed.awk $(sort $(wildcard sql/pathways/*.json))
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -v table=kor_pathway_catalogue -f $^ > $@.tmp && mv $@.tmp $@
$(B)/gen/forms.c: daemon/base/embed.awk $(sort $(wildcard sql/forms/*.json))
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -v table=kor_form_catalogue -f $^ > $@.tmp && mv $@.tmp $@
$(B)/gen/scripts.c: daemon/base/embed.awk $(sort $(wildcard plots/*.gp))
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -v table=kor_plot_scripts -f $^ > $@.tmp && mv $@.tmp $@

# --- tests -------------------------------------------------------------------
TEST_SRC = $(sort $(wildcard tests/unit/*.c tests/oracle/*.c tests/fault/*.c tests/torture/*.c))
TEST_BIN = $(patsubst %.c,$(B)/%,$(TEST_SRC))
FUZZ = $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_OBJ = $(FUZZ:%=$(B)/tests/fuzz/fuzz_%.o)
SUPPORT_OBJ = $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tests/support/*.c)))

$(TEST_BIN:=.o) $(SUPPORT_OBJ) $(FUZZ_OBJ): | $(B)/gen/sql_names.h

# Each target of the fuzzers has a name of its own, for one program that has
# them all and goes through what was kept.
$(FUZZ_OBJ): ALL_CFLAGS += -DLLVMFuzzerTestOneInput=$(basename $(@F))
$(B)/tests/unit/test_fuzz: MORE_OBJ = $(FUZZ_OBJ)
$(B)/tests/unit/test_fuzz: $(FUZZ_OBJ)

$(B)/tests/%: $(B)/tests/%.o $(SUPPORT_OBJ) $(B)/lib/main.a $(B)/lib/client.a $(DAEMON_LINK)
	@$(SAY) ld $@
	$(Q)$(CC) $(CFLAGS) $(HARD_LD) $(LDFLAGS) -o $@ $< $(MORE_OBJ) $(SUPPORT_OBJ) -Wl,--start-group $(B)/lib/main.a $(B)/lib/client.a $(DAEMON_LINK) -Wl,--end-group -lcmocka -lical $(LIBS_DAEMON)

# What is put under a program with LD_PRELOAD: never sanitized, as kord is not.
PRELOAD = $(patsubst %.c,$(B)/%.so,$(sort $(wildcard tests/preload/*.c)))
$(B)/tests/preload/%.so: tests/preload/%.c
	@mkdir -p $(@D)
	@$(SAY) cc $<
	$(Q)$(CC) $(STD) $(filter-out -Wpedantic -Wcast-qual,$(WARN)) $(WERROR) -O2 -g -fPIC -shared -o $@ $< -ldl

tests: all $(TEST_BIN) $(PRELOAD)

# Kills, power cuts, faults, damage, floods, fuzzing and rights, in numbers:
# minutes.  'make check' does a few of each; fuzzing needs clang, as below.
TORTURE = $(filter $(B)/tests/torture/%,$(TEST_BIN))
torture: deps
	@$(MAKE) --no-print-directory tests
	@KOR_BUILD=$(B) tests/torture/all.sh $(TORTURE) \
	    $(sort $(wildcard tests/torture/*.run))
.PHONY: torture

# --- benchmarks: ratios in one run; 'make check' times nothing ---------------
BENCH = $(patsubst tests/bench/bench_%.c,$(B)/tests/bench/bench_%,$(sort $(wildcard tests/bench/bench_*.c)))
BENCH_OBJ = $(patsubst %.c,$(B)/%.o,$(filter-out tests/bench/bench_%,$(sort $(wildcard tests/bench/*.c)))) $(B)/tests/support/course_plot.o

$(BENCH_OBJ): | $(B)/gen/sql_names.h
$(B)/tests/bench/bench_%: $(B)/tests/bench/bench_%.o $(BENCH_OBJ) $(B)/lib/client.a $(DAEMON_LINK)
	$(CC) $(CFLAGS) $(HARD_LD) $(LDFLAGS) -o $@ $< $(BENCH_OBJ) -Wl,--start-group $(B)/lib/client.a $(DAEMON_LINK) -Wl,--end-group $(LIBS_DAEMON)

bench: $(B)/bin/kord $(B)/bin/kor $(BENCH)
	@for program in $(BENCH); do $$program $(B)/bin/kord || exit 1; done


# Everything that has to hold.  The sanitized tests are built apart.
check: deps
	@$(MAKE) --no-print-directory tests lib
	@$(MAKE) --no-print-directory B=$(B)/asan SANITIZE=1 tests
	@KOR_BUILD=$(B) tests/run.sh $(TEST_BIN) $(CHECKS) \
	    $(patsubst $(B)/%,$(B)/asan/%,$(TEST_BIN)) \
	    tests/recorded/all.sh

# The main job, end to end, to be looked at.
demo: deps
	@$(MAKE) --no-print-directory all
	@tests/demo/demo.sh $(B)

# --- checks of the source tree -----------------------------------------------
# Each says "N passed, N failed" and is part of 'make check'.
CHECKS += tests/check_directions.sh tests/check_texts.sh \
          tests/check_stat_pure.sh tests/check_stat_library.sh \
          tests/check_hardening.sh tests/check_unit.sh \
          tests/check_docs.sh tests/check_traps.sh

# Every source includes only what its room may.
directions: tests
	@KOR_BUILD=$(B) tests/check_directions.sh

# Every text has a translation, and no translation is left over.
texts:
	@tests/check_texts.sh

# The statistics allocate, print, read and remember nothing.
pure: lib
	@KOR_BUILD=$(B) tests/check_stat_pure.sh

# What 'make install-lib' puts down is all that another program needs.
library: lib
	@KOR_BUILD=$(B) tests/check_stat_library.sh

# The programs are linked, and the units written, to give little away.
hardening: all
	@KOR_BUILD=$(B) tests/check_hardening.sh
	@KOR_BUILD=$(B) tests/check_unit.sh

# Every promise of the documents names a test that is there, and what the
# libraries had better not be asked for is nowhere asked for.
documents:
	@tests/check_docs.sh
	@tests/check_traps.sh

.PHONY: documents directions texts pure library hardening

# --- what it needs -----------------------------------------------------------
PACKAGES = gcc libc6-dev pkg-config libzmq3-dev libsqlite3-dev libjansson-dev \
           libsodium-dev libcsv-dev libical-dev libinih-dev libseccomp-dev \
           uthash-dev libcmocka-dev gnuplot-nox fonts-dejavu-core tzdata \
           gettext python3 python3-zmq procps systemd

# Installs what is missing, and asks nobody if nothing is.
deps:
	@missing=; for p in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$p 2>/dev/null \
	        | grep -q 'ok installed' || missing="$$missing $$p"; \
	done; \
	[ -z "$$missing" ] || { \
	    root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	    echo "installing:$$missing"; \
	    $$root apt-get update -qq && \
	    $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	        --no-install-recommends $$missing >/dev/null; }

# --- the rest ----------------------------------------------------------------
asan:
	@$(MAKE) --no-print-directory B=$(B)/asan SANITIZE=1 tests
	@KOR_BUILD=$(B)/asan tests/run.sh $(patsubst $(B)/%,$(B)/asan/%,$(TEST_BIN))

# Which branches of the rooms that must be right the tests take: less than 90 %
# of a room is a failure.  Optimizing and fortifying make branches of their own;
# test_kord runs kord as nobody, who may not write down the counts.
COVER_ROOMS = wire store access define stat
COVER_CFLAGS = -O0 -g -U_FORTIFY_SOURCE --coverage -fprofile-update=atomic
COVER_TESTS = $(filter-out %/test_kord,$(TEST_BIN))
cover: deps
	@$(MAKE) --no-print-directory B=$(B)/cover CFLAGS='$(COVER_CFLAGS)' tests
	@find $(B)/cover -name '*.gcda' -delete
	@KOR_BUILD=$(B)/cover tests/run.sh $(patsubst $(B)/%,$(B)/cover/%,$(COVER_TESTS))
	@tests/cover.py $(B)/cover $(COVER_ROOMS)

# The threads of the daemon, with everything at work at once.
TSAN = unit/test_bus unit/test_bus_enrol unit/test_bus_pulse \
       unit/test_bus_sealed unit/test_bus_turns \
       fault/test_hostile_flood fault/test_hostile_traps \
       torture/connections
tsan:
	@$(MAKE) --no-print-directory B=$(B)/tsan WARN=-w WERROR= \
	    CFLAGS='-g -O1 -fsanitize=thread' $(TSAN:%=$(B)/tsan/tests/%)
	@KOR_BUILD=$(B)/tsan \
	    TSAN_OPTIONS=suppressions=$(CURDIR)/tests/tsan.supp \
	    tests/run.sh $(TSAN:%=$(B)/tsan/tests/%)

# Each decoder and the statistics, for FUZZ_SECONDS each; needs clang and
# libclang-rt-14-dev.  All objects are built once, with clang.
FUZZ_SECONDS ?= 60
FUZZ_CFLAGS = -g -O1 -fsanitize=fuzzer-no-link,address,undefined \
              -fno-sanitize-recover=undefined
fuzz:
	@$(MAKE) --no-print-directory B=$(B)/fuzz CC=clang WARN=-w WERROR= \
	    CFLAGS='$(FUZZ_CFLAGS)' fuzzers
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run.sh $(B)/fuzz $(FUZZ)
fuzzers: $(FUZZ:%=$(B)/fuzz_%)
$(B)/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(B)/lib/main.a $(B)/lib/client.a $(DAEMON_LINK)
	@$(SAY) ld $@
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer -Wl,--defsym=LLVMFuzzerTestOneInput=fuzz_$* -o $@ $< -Wl,--start-group $(B)/lib/main.a $(B)/lib/client.a $(DAEMON_LINK) -Wl,--end-group -lical $(LIBS_DAEMON)

# systemd's files go below PREFIX, where systemd looks as well, and name the
# kord that is installed.
UNITS = kord.service kord-backup.service kord-backup.timer
install: all install-lib
	install -d $(patsubst %,$(DESTDIR)$(PREFIX)/lib/%,systemd/system \
	    sysusers.d tmpfiles.d)
	for unit in $(UNITS); do \
	    sed 's|/usr/sbin/kord|$(PREFIX)/sbin/kord|' daemon/system/$$unit \
	        > $(B)/$$unit && install -m 644 $(B)/$$unit \
	        $(DESTDIR)$(PREFIX)/lib/systemd/system || exit 1; done
	install -m 644 daemon/system/kor.sysusers \
	    $(DESTDIR)$(PREFIX)/lib/sysusers.d/kor.conf
	install -m 644 daemon/system/kor.tmpfiles \
	    $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/kor.conf
	install -D -m 755 $(B)/bin/kord $(DESTDIR)$(PREFIX)/sbin/kord
	install -D -m 755 $(B)/bin/kor $(DESTDIR)$(PREFIX)/bin/kor
	install -D -m 644 docs/man/kor.1 $(DESTDIR)$(PREFIX)/share/man/man1/kor.1
	install -D -m 644 docs/man/kord.8 $(DESTDIR)$(PREFIX)/share/man/man8/kord.8
	$(B)/bin/kor completion > $(B)/kor.completion
	install -D -m 644 $(B)/kor.completion \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions/kor

# The library alone: nothing that ZeroMQ or SQLite is needed for.
install-lib: lib
	install -d $(patsubst %,$(DESTDIR)$(PREFIX)/%,lib/pkgconfig \
	    include/kor/stat include/kor/base share/man/man3)
	install -m 644 $(filter include/kor/stat/%,$(STAT_HEADERS)) \
	    $(DESTDIR)$(PREFIX)/include/kor/stat
	install -m 644 $(filter include/kor/base/%,$(STAT_HEADERS)) \
	    $(DESTDIR)$(PREFIX)/include/kor/base
	install -m 644 $(B)/lib/libkorstat.a $(DESTDIR)$(PREFIX)/lib
	install -m 755 $(B)/lib/$(STAT_SO) $(DESTDIR)$(PREFIX)/lib
	ln -sf $(STAT_SO) $(DESTDIR)$(PREFIX)/lib/libkorstat.so
	printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$${prefix}/lib' \
	    'includedir=$${prefix}/include' '' 'Name: libkorstat' \
	    'Description: statistics of routine outcome monitoring' \
	    'Version: $(VERSION)' 'Libs: -L$${libdir} -lkorstat' \
	    'Libs.private: -lm' 'Cflags: -I$${includedir}' \
	    > $(DESTDIR)$(PREFIX)/lib/pkgconfig/libkorstat.pc
	install -m 644 $(sort $(wildcard docs/man/*.3)) \
	    $(DESTDIR)$(PREFIX)/share/man/man3

clean:
	rm -rf $(B)

.PHONY: all lib tests check demo deps asan cover tsan fuzz fuzzers install install-lib clean
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
