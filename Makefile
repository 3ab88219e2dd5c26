# Each target is one line over ./normlab or Maven.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: networks it scan-images scan-secrets cluster-up cluster-down cluster-drill help benchmark run plan watch doctor export verify generated times docs-check up down status report rerun results readme parity audit bench test chaos fmt check clean distclean gpu
EXPERIMENT ?= quick
mvn = JAVA_HOME=$$(infra/find-jdk) mvn -B

help: ## This list
	@awk -F ':.*## ' '/^##@ / {print "\n" substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

##@ Campaigns

benchmark: ## Everything set up, the experiment quick, its report and the MLflow UI
	@./normlab run quick

run: ## EXPERIMENT=name: any experiment of workflows/experiments
	@./normlab run $(EXPERIMENT)

plan: ## EXPERIMENT=name: what is cached, how long the rest takes, what it needs; starts nothing
	@./normlab plan $(EXPERIMENT)

watch: ## Follow the newest campaign, or RUN=id
	@./normlab watch $(RUN)

status: ## Campaigns and where they stand
	@./normlab status

report: ## RUN=id: write the report of a campaign again, from its stored results
	@./normlab report $(RUN)

rerun: ## RUN=id: train the campaign's trials afresh and say whether the same comes out
	@./normlab rerun $(RUN)

export: ## RUN=id: pack the evidence of a campaign into one archive
	@./normlab export $(RUN)

verify: ## BUNDLE=file: check an evidence bundle, offline
	@./normlab verify $(BUNDLE)

results: ## RUN=id: keep a campaign's tables, CSV files and figures under workflows/results
	@infra/keep-results $(RUN)

readme: ## KEPT=folder of workflows/results: show its main table and figure in the README
	@infra/show-results $(KEPT)

##@ This machine and its stack

doctor: ## What this machine has of what NormLab needs, and how to mend the rest
	@./normlab doctor

up: ## Start the stack (Conductor, S3 store, MLflow, workers) on loopback
	@./normlab up

down: ## Stop the stack; nothing is lost, a campaign goes on at the next up
	@./normlab down

##@ A cluster in containers

cluster-up: ## Build the images and start a whole cluster in containers (infra/compose.yaml)
	@infra/cluster-secrets && infra/build-images && docker compose -f infra/compose.yaml up --detach --wait

cluster-down: ## Stop the cluster; its volumes stay
	@docker compose -f infra/compose.yaml down

cluster-drill: ## A campaign on the cluster while a Conductor and a worker are killed
	@infra/cluster-drill

scan-images: ## Fail if an image runs as root or has a setuid file
	@infra/scan-images

scan-secrets: ## Fail if the running cluster shows a secret: to docker inspect, in a process, a log, a database, the store
	@infra/scan-secrets

##@ Changing NormLab

test: ## All tests that need neither a container engine nor a GPU
	@$(mvn) -T 2 verify

it: ## PARTS=containers for these only: the contracts of the ports in memory, embedded and in containers of our images
	@infra/integration-tests $(PARTS)

networks: ## One step of every network in every arm under every activation; three minutes
	@$(mvn) -q -pl workers/learning -am test -Dtest=EveryNetworkTest -Dnormlab.networks=all -Dsurefire.failIfNoSpecifiedTests=false

gpu: ## The tests that need a GPU; without one they are skipped, with a count
	@$(mvn) -pl workers/learning -am verify -Dgroups=gpu -Dsurefire.failIfNoSpecifiedTests=false

chaos: ## ONLY=pattern: kill, hang, cut, fill and flip on a stack of its own; half an hour; writes docs/reliability.md
	@$(mvn) -q -pl workers/app -am test -Dtest=ChaosTest -Dtests.excluded= -Dsurefire.failIfNoSpecifiedTests=false -Dnormlab.chaos.only="$(ONLY)"

check: ## Compile with every check, formatting included, without the tests
	@$(mvn) -q verify -DskipTests

fmt: ## Format the sources
	@$(mvn) -q spotless:apply

clean: ## Remove what the build made; data and results in .normlab stay
	@$(mvn) -q clean

distclean: ## Stop the stack and remove everything, results included
	@-./normlab down
	@$(mvn) -q clean
	@rm -rf .normlab reports

##@ Measuring, and the pages made from it

bench: ## Speed and memory, as a table in target/bench.md and docs/performance.md (NORMLAB_TORCH_VENV=folder: beside PyTorch)
	@./normlab bench table --out target/bench.md --write docs/performance.md

parity: ## Recompute training steps in plain PyTorch and compare (NORMLAB_TORCH_VENV=folder to use its PyTorch)
	@./normlab parity --out target/parity > /dev/null && infra/parity/python infra/parity/compare.py target/parity --write docs/exactness.md

audit: ## Ask a database of known vulnerabilities for every dependency; exits with 5 where it cannot be reached
	@infra/audit

times: ## Measure a new user's steps and each command's answer; writes docs/reference/times.md
	@infra/measure-times

docs-check: ## Run the commands of the documentation, and show how long each takes
	@infra/docs-check

generated: ## Write the pages and the schema again that are made from the code
	@mkdir -p target && ./normlab reference > target/generated && mv target/generated docs/reference/command-line.md
	@./normlab bench reference docs/reference/benchmarks.md
	@./normlab schema > target/generated && mv target/generated workflows/experiments/schema.json
