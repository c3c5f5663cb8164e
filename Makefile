# Two commands matter: `make run` and `make test`. Everything they need is installed on the way, and said.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/lang-nghe/tools
export PATH := $(TOOLS)/bin:$(CURDIR)/end2end/node_modules/.bin:$(PATH)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SAY := @printf '\n\033[1m== %s\033[0m\n'

# For one of them alone: `make run` needs the first two, `make test` cargo-deny and leptosfmt, `make dev` cargo-leptos.
WASM_BINDGEN := 0.2.129
WASM_SPLIT := 0.2.3
CARGO_DENY := 0.20.2
LEPTOSFMT := 0.1.33
CARGO_LEPTOS := 0.3.10
WASM := wasm32-unknown-unknown
SITE := target/site.built
SITE_SOURCES := $(shell find .cargo Cargo.toml Cargo.lock rust-toolchain.toml scripts/site.mjs src style public)
# a server of the user's is for `make run`; nothing that checks may touch it
WITHOUT_DB := env -u DATABASE_URL SQLX_OFFLINE=true

.PHONY: help run test dev check bench walk e2e clean sqlx fmt build server front postgres chromium toolchain npm tools deny server-dev

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: postgres build ## build and serve with a database of its own and demo data, on 127.0.0.1:3000
	LANG_NGHE_DEMO=$${LANG_NGHE_DEMO:-on} exec target/release/lang-nghe serve

# Both halves side by side, sharing make's tokens: each ends on one core, when the other fills the second.
build: toolchain
	@$(MAKE) --no-print-directory -j$(shell nproc) server front

server:
	$(SAY) 'Building the server (the first time takes some minutes)'
	+SQLX_OFFLINE=true cargo build --release --bin lang-nghe

# As it ships, for the journeys too, so that sizes are measured on the real thing.
front: $(SITE)

$(SITE): $(SITE_SOURCES) | toolchain tools npm
	$(SAY) 'Building the browser half'
	+$(WITHOUT_DB) cargo build --lib --profile wasm-release --target $(WASM) --no-default-features --features hydrate
	node scripts/site.mjs
	@touch $@

dev: postgres toolchain tools npm $(TOOLS)/cargo-leptos-$(CARGO_LEPTOS) ## the same, rebuilt on every change
	@rm -f $(SITE)
	LANG_NGHE_DEMO=$${LANG_NGHE_DEMO:-on} SQLX_OFFLINE=true cargo leptos watch -- serve

test: postgres chromium toolchain tools deny $(TOOLS)/leptosfmt-$(LEPTOSFMT) npm ## everything that must hold, cheapest first
	$(SAY) 'Formatting'
	cargo fmt --check
	leptosfmt --quiet --check 'src/**/*.rs'
	$(SAY) 'Lints, server half'
	$(WITHOUT_DB) cargo clippy --all-targets -- -D warnings
	$(SAY) 'Lints, browser half'
	$(WITHOUT_DB) cargo clippy --lib --target $(WASM) --no-default-features --features hydrate -- -D warnings
	$(SAY) 'Dependencies: bans, licenses, sources'
	cargo deny check bans licenses sources
	$(SAY) 'Unit, property, architecture and API tests (on a throw-away PostgreSQL)'
	$(WITHOUT_DB) cargo test
	@$(MAKE) --no-print-directory e2e
	$(SAY) 'Everything holds.'

check: ## formatting, lints and fast tests only
	cargo fmt --check
	@# alone it takes a second; as a test of the package it would wait for the library and the program to be linked
	CARGO_MANIFEST_DIR=$(CURDIR) rustc --edition 2024 --test tests/architecture.rs -o target/architecture
	target/architecture --quiet
	$(WITHOUT_DB) cargo clippy --all-targets -- -D warnings
	@# a sixteenth of the generated cases; `make test` runs them all
	PROPTEST_CASES=16 $(WITHOUT_DB) cargo test --lib --quiet

e2e: postgres chromium toolchain tools npm front server-dev ## journeys in a real browser
	$(SAY) 'Journeys in Chromium'
	cd end2end && env -u DATABASE_URL npx playwright test --config playwright.config.ts

server-dev: # the server of the tests' own profile: already compiled by them
	$(SAY) 'Building the server'
	$(WITHOUT_DB) cargo build --bin lang-nghe

bench: postgres build ## measure, on this machine, what docs/performance.md claims
	benches/run

walk: postgres chromium toolchain tools npm front server-dev ## walk the pages as five people and count, as docs/usability.md claims
	node benches/walk.mjs

sqlx: postgres ## describe the queries anew into .sqlx, against a fresh migrated database
	$(SAY) 'Describing queries'
	scripts/sqlx

fmt: $(TOOLS)/leptosfmt-$(LEPTOSFMT) ## format the code and the views in it
	leptosfmt --quiet 'src/**/*.rs'
	cargo fmt

clean: ## remove what was built, not the data
	cargo clean
	rm -rf end2end/node_modules end2end/results

# What has to be on the machine. Each rule says what it does, and does nothing where it is there.

postgres:
	@ls /usr/lib/postgresql/*/bin/postgres 2>/dev/null | grep -qE '/(1[5-9]|[2-9][0-9])/bin/' \
		|| [ "$$(postgres --version 2>/dev/null | sed -E 's/[^0-9]*([0-9]+).*/\1/')" -ge 15 ] 2>/dev/null \
		|| { echo 'Installing the PostgreSQL server from the distribution (needs root).'; \
			$(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends postgresql; }

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| { echo 'Installing Chromium from the distribution, for the journeys (needs root).'; \
			$(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends chromium; }

toolchain:
	@command -v cc >/dev/null || { echo 'Installing a C compiler from the distribution (needs root).'; \
		$(SUDO) apt-get update -q && $(SUDO) apt-get install -yq --no-install-recommends build-essential; }
	@command -v rustup >/dev/null || { echo 'rustup is missing: see https://rustup.rs'; exit 1; }
	@rustup target list --installed 2>/dev/null | grep -qx $(WASM) || { echo 'Adding the $(WASM) target.'; rustup target add $(WASM); }

tools: $(TOOLS)/wasm-bindgen-cli-$(WASM_BINDGEN) $(TOOLS)/wasm_split_cli_support-$(WASM_SPLIT)

deny: $(TOOLS)/cargo-deny-$(CARGO_DENY)

# Built unoptimised: their own build takes a third of the time, and their work hardly longer. A second clone finds them.
define tool
$(TOOLS)/$(1)-$(2):
	+@mkdir -p $(TOOLS)/bin; \
	if grep -qsF '"$(1) $(2) ' $(TOOLS)/.crates.toml; then touch $$@; exit 0; fi; \
	echo 'Installing $(1) $(2) into $(TOOLS) (once per user).'; \
	if command -v cargo-binstall >/dev/null && cargo binstall -y --disable-strategies compile --root $(TOOLS) $(1)@$(2); then touch $$@; exit 0; fi; \
	CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR=$$@.target cargo install $(1) --version $(2) --locked --debug --root $(TOOLS) $(3); \
	rm -rf $$@.target; touch $$@
endef
$(eval $(call tool,wasm-bindgen-cli,$(WASM_BINDGEN),--no-default-features --bin wasm-bindgen))
$(eval $(call tool,wasm_split_cli_support,$(WASM_SPLIT),--features build-binary))
$(eval $(call tool,cargo-deny,$(CARGO_DENY),--no-default-features))
$(eval $(call tool,leptosfmt,$(LEPTOSFMT)))
$(eval $(call tool,cargo-leptos,$(CARGO_LEPTOS),--features no_downloads))

npm: end2end/node_modules/.stamp

end2end/node_modules/.stamp: end2end/package.json end2end/package-lock.json
	@command -v npm >/dev/null || { echo 'Node 20 with npm is missing: see https://nodejs.org'; exit 1; }
	@echo 'Installing sass, lightningcss, terser, wasm-opt and Playwright from npm into end2end/node_modules.'
	@cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@
