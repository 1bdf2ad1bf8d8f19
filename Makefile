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
CHECK_ALL_PACKAGES = clang libclang-rt-14-dev llvm valgrind debootstrap
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

check: packages
	@$(MAKE) --no-print-directory all
	@python3 tools/check.py $(BUILD)

check-all: packages
	@sh tools/packages.sh $(CHECK_ALL_PACKAGES)
	@$(MAKE) --no-print-directory all
	@python3 tools/check.py $(BUILD) --all

asan:
	@test -d build-asan || meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false -Dbuildtype=debugoptimized >/dev/null
	@ninja -C build-asan --quiet
	@python3 tools/check.py build-asan

# make fuzz TIME=600: each target in turn, so many seconds; what it finds is left in build-fuzz.
TIME = 60
fuzz:
	@sh tools/packages.sh $(CHECK_ALL_PACKAGES)
	@test -d build-fuzz || CC=clang meson setup build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
	@ninja -C build-fuzz --quiet
	@for t in auto compare html index jsonl request table text; do \
	  mkdir -p build-fuzz/corpus/$$t; \
	  (cd build-fuzz && tests/fuzz_$$t -max_total_time=$(TIME) -timeout=2 -rss_limit_mb=512 corpus/$$t ../tests/fuzz/corpus/$$t 2>&1 | tail -3) || exit 1; \
	done

# The report in a real browser (Debian's chromium), with axe-core from npm.
e2e: all
	@test -d $(BUILD)/e2e || npm install --silent --no-save --prefix $(BUILD)/e2e axe-core@4.14.1
	@AXE=$(BUILD)/e2e python3 tests/e2e/report.py $(BUILD)/recoupe $(BUILD)/tests/render

bench: all
	@meson test -C $(BUILD) --benchmark --verbose

# Debian packages of the command, the library, its development files and the documentation, into build-deb.
deb:
	@sh tools/packages.sh $(PACKAGES) $(DEB_PACKAGES)
	@sh tools/deb.sh build-deb

install: all
	@DESTDIR=$(DESTDIR) meson install -C $(BUILD) --quiet

clean:
	@rm -rf build build-*

.PHONY: all packages demo check check-all asan fuzz e2e bench deb install clean
