# The doorbell: meson does the work (meson.build); this makes a fresh Debian 12 machine able to run it.
#
#   make            build/recoupe
#   make demo       the sample story, compared; says where the HTML report lies
#   make check      all tests that a person waits for
#   make check-all  the long ones too: sanitizers, clang, faults, quality
#
# demo and check install what is missing by apt-get (as root, or by sudo); when nothing is missing they touch nothing.
BUILD = build
PACKAGES = gcc libc6-dev meson ninja-build pkg-config python3 libicu-dev libsqlite3-dev libxml2-dev libjansson-dev \
  libcmocka-dev libmicrohttpd-dev zlib1g-dev libzstd-dev libxxhash-dev libstemmer-dev libcurl4-openssl-dev \
  libbrotli-dev nettle-dev
CHECK_ALL_PACKAGES = clang libclang-rt-14-dev llvm valgrind debootstrap doxygen
DEB_PACKAGES = debhelper dpkg-dev

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet

$(BUILD)/build.ninja:
	@meson setup $(BUILD) >$(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log

# Only what dpkg does not know as installed is asked for.
packages:
	@sh tools/packages.sh $(PACKAGES)

demo: packages
	@$(MAKE) --no-print-directory all
	@$(BUILD)/recoupe compare examples/crue/*.txt --format html -o $(BUILD)/demo.html
	@$(BUILD)/recoupe compare examples/crue/*.txt --format text
	@echo
	@echo "The report: $(CURDIR)/$(BUILD)/demo.html"

# Debian's browser, and axe-core from npm where npm is.
browser:
	@sh tools/packages.sh chromium
	@test -d $(BUILD)/e2e || ! command -v npm >/dev/null || npm install --silent --no-save --prefix $(BUILD)/e2e axe-core@4.14.1 || true

# The pages in a real browser are tested where Chromium is, with axe-core where it was fetched (BROWSER=1 and check-all see to both);
# where they are not, a line says what was skipped.
check: packages
	@$(MAKE) --no-print-directory all
	@test -z "$(BROWSER)" || $(MAKE) --no-print-directory browser
	@python3 tools/check.py $(BUILD)

check-all: packages
	@sh tools/packages.sh $(CHECK_ALL_PACKAGES) $(DEB_PACKAGES)
	@$(MAKE) --no-print-directory all browser
	@python3 tools/check.py $(BUILD) --all

asan:
	@test -d build-asan || meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false -Dbuildtype=debugoptimized >/dev/null
	@ninja -C build-asan --quiet
	@python3 tools/check.py build-asan

# Every stage beside its peers, into docs/benchmarks.md; make bench ARGS="--grow 1000000" also lets reuse grow.
bench: all
	@python3 bench/report.py $(BUILD) $(ARGS)

# make fuzz TIME=600: each target in turn, so many seconds of each of two processors; what it finds is left in build-fuzz/found.
# TABLE=FILE keeps count, so that the next run goes on.
TIME = 60
fuzz:
	@sh tools/packages.sh $(CHECK_ALL_PACKAGES)
	@test -d build-fuzz || CC=clang meson setup build-fuzz -Dfuzz=true -Dpython=disabled -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
	@ninja -C build-fuzz --quiet
	@python3 tools/fuzz.py build-fuzz --processor-seconds $$((2 * $(TIME))) --rounds 3 $(if $(TABLE),--table $(TABLE)) $(TARGETS)

# The report and the archive's pages in a real browser (Debian's chromium), with axe-core from npm; the pictures of README and docs.
e2e: all browser
	@AXE=$(BUILD)/e2e python3 tests/e2e/report.py $(BUILD)/recoupe $(BUILD)/tests/render
	@AXE=$(BUILD)/e2e python3 tests/e2e/serve.py $(BUILD)/recoupe

pictures: all
	@python3 tests/e2e/report.py $(BUILD)/recoupe $(BUILD)/tests/render --shots $(BUILD)/pictures
	@python3 tests/e2e/serve.py $(BUILD)/recoupe --shots $(BUILD)/pictures
	@cd $(BUILD)/pictures && cp report.png serve.png serve-article.png $(CURDIR)/docs/images/

# make soak HOURS=1: an archive that is written and served all the while, under load; its memory, its answers, what it keeps.
HOURS = 1
soak: all
	@python3 tools/soak.py $(BUILD)/recoupe --hours $(HOURS)

# Lines and branches of src/ that the tests run; what they don't reach is listed in build-cov/not-reached.tsv.
coverage: packages
	@test -d build-cov || meson setup build-cov -Db_coverage=true -Dbuildtype=debug -Doptimization=1 -Dpython=disabled >/dev/null
	@ninja -C build-cov --quiet
	@find build-cov -name '*.gcda' -delete
	-@meson test -C build-cov --no-suite e2e --no-suite long --timeout-multiplier 10 --quiet
	@python3 tools/coverage.py build-cov --list build-cov/not-reached.tsv

# Debian packages of the command, the library, its development files and the documentation, into build-deb.
deb:
	@sh tools/packages.sh $(PACKAGES) $(DEB_PACKAGES)
	@sh tools/deb.sh build-deb

# The public header as pages, by doxygen.
docs:
	@sh tools/packages.sh doxygen
	@python3 tools/apidoc.py --html include/recoupe.h $(BUILD)/api
	@echo "$(CURDIR)/$(BUILD)/api/html/index.html"

install: all
	@DESTDIR=$(DESTDIR) meson install -C $(BUILD) --quiet

clean:
	@rm -rf build build-*

.PHONY: all packages browser demo check check-all asan fuzz e2e pictures bench soak coverage deb docs install clean
