/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/charset.h"
#include "input/page.h"

#define BYTES(literal) (rcp_str){(literal), sizeof(literal) - 1}

/* What the bytes say, and what is said of them: "" when all is plain. */
static void reads(rcp_str bytes, const char *declared, const char *want, const char *want_note) {
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcp_str note, text = rcpi_decode(&a, bytes, declared, &note);
    assert_string_equal(rcpi_dup(text, &a).p, want);
    assert_string_equal(note.p ? rcpi_dup(note, &a).p : "", want_note);
  }
  rcpi_arena_release(&a);
}

static void test_marks_come_first(void **state) {
  (void)state;
  reads(BYTES("\xEF\xBB\xBF" "Brévigny"), "windows-1252", "Brévigny", "");
  reads(BYTES("\xFF\xFE" "B\0r\0\xE9\0"), "utf-8", "Bré", "");
  reads(BYTES("\xFE\xFF" "\0B\0r\0\xE9"), NULL, "Bré", "");
  reads(BYTES("\xFF\xFE\0\0" "B\0\0\0\xE9\0\0\0"), NULL, "Bé", "");
  reads(BYTES("\0\0\xFE\xFF" "\0\0\0B\0\0\0\xE9"), NULL, "Bé", "");
}

/* No other charset looks like UTF-8 by chance: whoever declares one in vain is not believed. */
static void test_utf8_is_told_from_its_bytes(void **state) {
  (void)state;
  reads(BYTES("Brévigny"), "iso-8859-1", "Brévigny", "");
  reads(BYTES("plain"), NULL, "plain", "");
}

static void test_the_declared_name_is_next(void **state) {
  (void)state;
  reads(BYTES("Br\xE9vigny"), "windows-1252", "Brévigny", "");
  reads(BYTES("\xC1\xF0\xE5"), "windows-1251", "Бре", "");
  reads(BYTES("\x83\x75\x83\x8C"), "shift_jis", "ブレ", "");
}

/* Said once and not guessed again: a person must know that letters are missing. */
static void test_losses_are_told(void **state) {
  (void)state;
  reads(BYTES("Le café est réputé, à Brévigny, été après été \xE9"), "utf-8", "Le café est réputé, à Brévigny, été après été \xEF\xBF\xBD", "1 byte is not valid UTF-8");
  reads(BYTES("\xEF\xBB\xBF" "a\xFF\xFF"), NULL, "a\xEF\xBF\xBD\xEF\xBF\xBD", "2 bytes are not valid UTF-8");
  /* what was broken before it came here is left as it is: nobody knows which of two readings was meant */
  reads(BYTES("CafÃ© de BrÃ©vigny"), NULL, "CafÃ© de BrÃ©vigny", "");
}

static void test_a_guess_says_so(void **state) {
  (void)state;
  reads(BYTES("Le pont de Br\xE9vigny a rouvert mardi, apr\xE8s onze mois de travaux, a annonc\xE9 la mairie \xE0 la presse."), NULL,
        "Le pont de Brévigny a rouvert mardi, après onze mois de travaux, a annoncé la mairie à la presse.", "no charset stated and not UTF-8: read as windows-1252");
}

static void declares(const char *page, const char *want) {
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    const char *got = rcpi_page_charset(&a, rcpi_cstr(page));
    assert_string_equal(got ? got : "", want);
  }
  rcpi_arena_release(&a);
}

static void test_pages_declare(void **state) {
  (void)state;
  declares("<html><head><meta charset=windows-1251>", "windows-1251");
  declares("<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>", "Shift_JIS");
  declares("<?xml version='1.0' encoding='koi8-r'?><html>", "koi8-r");
  declares("<meta charset='ISO-8859-1'>", "windows-1252");   /* as browsers take it */
  declares("<meta name=description content=nothing><p>charset=utf-8", "");
}

/* Behind eight thousand bytes of what a server complains of. */
static void test_a_page_is_told_by_its_end_too(void **state) {
  (void)state;
  rcpi_arena a;
  rcpi_arena_init(&a);
  RCPI_GUARD(&a) {
    rcp_str page = rcpi_printf(&a, "%8000s<!DOCTYPE html>\n<HTML><body><p>Le pont a rouvert.</body></HTML>\n<!-- made in 2 s -->\n", "Warning: line 12");
    assert_true(rcpi_page_is_html(page));
    assert_false(rcpi_page_is_html(RCPI_S("How to mark a word: write <b>bold</b> around it, said Ines Caldera, and <a> where it leads elsewhere.")));
    assert_false(rcpi_page_is_html(RCPI_S("A page ends with </html>.")));
  }
  rcpi_arena_release(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_marks_come_first), cmocka_unit_test(test_utf8_is_told_from_its_bytes), cmocka_unit_test(test_the_declared_name_is_next),
                                     cmocka_unit_test(test_losses_are_told), cmocka_unit_test(test_a_guess_says_so), cmocka_unit_test(test_pages_declare), cmocka_unit_test(test_a_page_is_told_by_its_end_too)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
