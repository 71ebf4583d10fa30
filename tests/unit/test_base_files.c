/* SPDX-License-Identifier: GPL-3.0-or-later */

/* base: whole files, configuration, key files. */

#include "support/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kor/base/file.h"
#include "kor/base/ini.h"
#include "kor/base/keyfile.h"
#include "support/storekit.h"

#define PUBLIC "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
#define SECRET "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"

static int
in_folder(void **state)
{
    *state = kit_folder(malloc(KIT_PATH_SIZE));
    return 0;
}

static int
out_of_folder(void **state)
{
    kit_folder_remove(*state);
    free(*state);
    return 0;
}

/* Writes 'size' bytes as the file "f" and stores its path. */
static void
put(void **state, char path[2 * KIT_PATH_SIZE], const char *bytes,
    size_t size)
{
    snprintf(path, 2 * KIT_PATH_SIZE, "%s/f", (const char *)*state);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void
a_file_is_written_whole(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_buf back = {0};
    struct kor_err err;
    struct stat about;
    kor_err_init(&err, KOR_EN);
    put(state, path, "old and longer", 14);
    kit_ok(kor_file_write(path, "new\0x", 5, 0600, &err), &err);
    kit_ok(kor_file_read(path, 5, &back, &err), &err);
    assert_int_equal(back.size, 5);
    assert_memory_equal(back.text, "new\0x", 5);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    kor_buf_clear(&back);
    assert_int_equal(kor_file_read(path, 4, &back, &err), KOR_TOO_LARGE);
    assert_non_null(strstr(err.text, "4 bytes"));
    kit_ok(kor_file_write(path, "", 0, 0644, &err), &err);
    kit_ok(kor_file_read(path, 0, &back, &err), &err);
    kor_buf_done(&back);
}

/* What somebody left beside the file neither lends its rights nor leads
 * elsewhere. */
static void
a_file_left_beside_does_no_harm(void **state)
{
    char path[2 * KIT_PATH_SIZE], beside[3 * KIT_PATH_SIZE],
        elsewhere[3 * KIT_PATH_SIZE];
    struct stat about;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    put(state, path, "old", 3);
    snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", (char *)*state);
    snprintf(beside, sizeof beside, "%s.new.%d", path, (int)getpid());
    kit_ok(kor_file_write(elsewhere, "mine", 4, 0644, &err), &err);
    assert_int_equal(symlink(elsewhere, beside), 0);
    kit_ok(kor_file_write(path, "secret", 6, 0600, &err), &err);
    assert_int_equal(stat(elsewhere, &about), 0);
    assert_int_equal(about.st_size, 4);
    kit_ok(kor_file_write(beside, "left", 4, 0644, &err), &err);
    kit_ok(kor_file_write(path, "secret", 6, 0600, &err), &err);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void
a_file_that_cannot_be_is_named(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_buf back = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/no/f", (const char *)*state);
    assert_int_equal(kor_file_read(path, 9, &back, &err), KOR_NOT_FOUND);
    assert_non_null(strstr(err.text, "/no/f: there is no such file"));
    assert_int_equal(kor_file_read(*state, 9, &back, &err), KOR_IO);
    assert_int_equal(kor_file_write(path, "x", 1, 0600, &err),
                     KOR_CANNOT_CREATE);
    assert_non_null(strstr(err.text, "/no/f: there is no such file"));
    assert_int_equal(kor_file_write(*state, "x", 1, 0600, &err),
                     KOR_CANNOT_CREATE);
    kor_buf_done(&back);
}

/* What a configuration can hold in these tests. */
struct config {
    char zone[8];
    char path[700];
    int64_t port;
};

static enum kor_code
read_config(void **state, const char *text, size_t size,
            struct config *config, struct kor_err *err)
{
    char path[2 * KIT_PATH_SIZE];
    const struct kor_ini_key keys[] = {
        {"kord", "zone", config->zone, sizeof config->zone, NULL, 0, 0},
        {"kord", "path", config->path, sizeof config->path, NULL, 0, 0},
        {"feed", "port", NULL, 0, &config->port, 1, 65535},
    };
    *config = (struct config){.zone = "UTC", .port = 7};
    kor_err_init(err, KOR_EN);
    put(state, path, text, size);
    return kor_ini_read(path, keys, KOR_LENGTH(keys), err);
}

static void
a_configuration_is_read(void **state)
{
    struct config config;
    struct kor_err err;
    const char *text = "\xef\xbb\xbf# of the clinic\r\n[kord]\r\n"
                       "zone = Oslo\r\n; path = x\n[feed]\nport=65535\n";
    kit_ok(read_config(state, text, strlen(text), &config, &err), &err);
    assert_string_equal(config.zone, "Oslo");
    assert_string_equal(config.path, "");
    assert_int_equal(config.port, 65535);
    kit_ok(read_config(state, "", 0, &config, &err), &err);
    assert_string_equal(config.zone, "UTC");
}

/* 'text' is refused for 'field' in line 'line'. */
static void
refused(void **state, const char *text, size_t size, const char *field,
        int line, const char *part)
{
    struct config config;
    struct kor_err err;
    char where[32];
    snprintf(where, sizeof where, "/f, line %d: ", line);
    assert_int_equal(read_config(state, text, size, &config, &err),
                     KOR_CONFIG);
    if (strcmp(err.field, field) || !strstr(err.text, where)
        || !strstr(err.text, part)) {
        print_error("%s: %s\n", err.field, err.text);
        fail();
    }
}

static void
a_configuration_that_is_wrong_is_refused_by_line(void **state)
{
    static const struct {
        const char *text, *field;
        int line;
        const char *part;
    } wrong[] = {
        {"[kord]\nzone = A\nzones = B\n", "zones", 3, "not a key"},
        {"zone = A\n", "zone", 1, "not a key"},
        {"[feed]\nzone = A\n", "zone", 2, "not a key"},
        {"[kord]\nzone = A\n\nzone = B\n", "zone", 4, "given twice"},
        {"[kord]\nzone = 12345678\n", "zone", 2, "too long"},
        {"[kord]\nzone = \xff\n", "zone", 2, "no UTF-8"},
        {"[feed]\nport = 0\n", "port", 2, "from 1 to 65535"},
        {"[feed]\nport = 65536\n", "port", 2, "from 1 to 65535"},
        {"[feed]\nport = 99999999999999999999\n", "port", 2, "from 1 to"},
        {"[feed]\nport = 7a\n", "port", 2, "whole number"},
        {"[feed]\nport =\n", "port", 2, "whole number"},
        {"[kord]\nzone\n", "", 2, "key = value"},
        {"[kord\nzone = A\n", "", 1, "key = value"},
        {"[kord]\nzones = A\nzone = 12345678\n", "zones", 2, "not a key"},
        {"[kord]\nzone\nzones = A\n", "", 2, "key = value"},
    };
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        refused(state, wrong[i].text, strlen(wrong[i].text), wrong[i].field,
                wrong[i].line, wrong[i].part);
    }
    refused(state, "[kord]\nzone = A\0\nzones = B\n", 27, "", 2, "key = val");
}

/* A long line is neither cut nor read as two. */
static void
a_long_line_is_read_or_refused(void **state)
{
    struct config config;
    struct kor_err err;
    for (int size = 150; size <= 650; size += 25) {
        char text[800];
        int n = snprintf(text, sizeof text, "[kord]\npath = %0*d\n", size, 7);
        enum kor_code code
            = read_config(state, text, (size_t)n, &config, &err);
        if (code == KOR_OK) {
            assert_int_equal(strlen(config.path), size);
        } else {
            assert_int_equal(code, KOR_CONFIG);
            assert_non_null(strstr(err.text, "line 2"));
            assert_true(size > 180);
        }
    }
}

static void
a_configuration_that_is_not_there_is_named(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/none", (const char *)*state);
    assert_int_equal(kor_ini_read(path, NULL, 0, &err), KOR_NOT_FOUND);
    char *large = calloc(1, 70000);
    memset(large, '\n', 69999);
    put(state, path, large, 69999);
    free(large);
    assert_int_equal(kor_ini_read(path, NULL, 0, &err), KOR_TOO_LARGE);
}

static void
a_key_file_reads_back(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_keyfile keys = {PUBLIC, SECRET}, back;
    struct kor_err err;
    struct stat about;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/k", (const char *)*state);
    kit_ok(kor_keyfile_write(path, &keys, "operator", &err), &err);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    kit_ok(kor_keyfile_read(path, &back, &err), &err);
    assert_memory_equal(&keys, &back, sizeof keys);
    keys.secret_key[0] = '\0';
    kit_ok(kor_keyfile_write(path, &keys, "kord", &err), &err);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0644);
    kit_ok(kor_keyfile_read(path, &back, &err), &err);
    assert_string_equal(back.public_key, PUBLIC);
    assert_string_equal(back.secret_key, "");
}

static void
a_secret_that_others_may_read_is_refused(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_keyfile keys = {PUBLIC, SECRET};
    static const mode_t modes[] = {0640, 0604, 0660, 0644, 0610};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/k", (const char *)*state);
    kit_ok(kor_keyfile_write(path, &keys, "operator", &err), &err);
    for (size_t i = 0; i < KOR_LENGTH(modes); i++) {
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_int_equal(kor_keyfile_read(path, &keys, &err), KOR_CONFIG);
        assert_non_null(strstr(err.text, "chmod 600"));
    }
    assert_int_equal(chmod(path, 0400), 0);
    kit_ok(kor_keyfile_read(path, &keys, &err), &err);
}

static void
what_is_no_key_file_is_refused(void **state)
{
    static const char *const wrong[] = {
        "", "public\n", "public = \n", "# public = " PUBLIC "\n",
        "public = " PUBLIC "x\n",
        "public = rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf\n",
        "public =" PUBLIC "\n", "public = " PUBLIC " \n",
        "public = rq:rM>}U?@Lns47E1%kR.o@n%Fcmm L/@{H8]yf7\n",
        "public = rq:rM>}U?@Lns47E1%kR.o@n%Fcmm\"L/@{H8]yf7\n",
        "secret = " SECRET "\n",
        "public = " PUBLIC "\nsecret = JTKVSB%%)wK0E.X)V>+}o?pNmC{O\n",
        "public = " PUBLIC "\nsecret =\n",
    };
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        char path[2 * KIT_PATH_SIZE];
        struct kor_keyfile keys;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        put(state, path, wrong[i], strlen(wrong[i]));
        assert_int_equal(chmod(path, 0600), 0);
        if (kor_keyfile_read(path, &keys, &err) != KOR_CONFIG
            || !strstr(err.text, "no key file")) {
            print_error("taken: %s", wrong[i]);
            fail();
        }
    }
}

#define IN_FOLDER(test)                                                       \
    cmocka_unit_test_setup_teardown(test, in_folder, out_of_folder)

static void
a_device_is_written_to_and_stays(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(kor_file_write("/dev/null", "abc", 3, 0600, NULL),
                     KOR_OK);
    assert_int_equal(stat("/dev/null", &about), 0);
    assert_true(S_ISCHR(about.st_mode));
    assert_int_equal(kor_file_write("/dev/full", "abc", 3, 0600, NULL),
                     KOR_CANNOT_CREATE);
    assert_int_equal(stat("/dev/full", &about), 0);
    assert_true(S_ISCHR(about.st_mode));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_device_is_written_to_and_stays),
        IN_FOLDER(a_file_is_written_whole),
        IN_FOLDER(a_file_left_beside_does_no_harm),
        IN_FOLDER(a_file_that_cannot_be_is_named),
        IN_FOLDER(a_configuration_is_read),
        IN_FOLDER(a_configuration_that_is_wrong_is_refused_by_line),
        IN_FOLDER(a_long_line_is_read_or_refused),
        IN_FOLDER(a_configuration_that_is_not_there_is_named),
        IN_FOLDER(a_key_file_reads_back),
        IN_FOLDER(a_secret_that_others_may_read_is_refused),
        IN_FOLDER(what_is_no_key_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
