# Each target is one line over ./normlab or Maven.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: kept-verdicts networks it scan-images scan-secrets cluster-up cluster-down cluster-drill help benchmark run plan watch doctor export verify generated times docs-check up down status report rerun results readme parity audit bench test chaos fmt check clean distclean gpu gpu-setup gpu-rehearsal
EXPERIMENT ?= quick
# Pages kept by earlier versions say RUN.
CAMPAIGN ?= $(RUN)
mvn = JAVA_HOME=$$(infra/find-jdk) mvn -B

help: ## List the targets
	@awk -F ':.*## ' '/^##@ / {print "\n" substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

##@ Campaigns

benchmark: ## Build, start everything, run the experiment quick and write its report
	@./normlab run quick

run: ## EXPERIMENT=name: run any experiment of workflows/experiments
	@./normlab run $(EXPERIMENT)

plan: ## EXPERIMENT=name: show what is cached, how long the rest takes and what it needs; starts nothing
	@./normlab plan $(EXPERIMENT)

watch: ## Follow the newest campaign, or CAMPAIGN=id
	@./normlab watch $(CAMPAIGN)

status: ## List the campaigns and their states
	@./normlab status

report: ## CAMPAIGN=id: write the report of a campaign again from its stored results
	@./normlab report $(CAMPAIGN)

rerun: ## CAMPAIGN=id: train the campaign again from scratch and compare the results
	@./normlab rerun $(CAMPAIGN)

export: ## CAMPAIGN=id: pack a campaign's evidence into one file
	@./normlab export $(CAMPAIGN)

verify: ## BUNDLE=file: check an evidence bundle, offline
	@./normlab verify $(BUNDLE)

results: ## CAMPAIGN=id: keep a campaign's finding, tables and figures in workflows/results
	@infra/keep-results $(CAMPAIGN)

kept-verdicts: ## Write workflows/results/verdicts.md: the kept verdicts under the rules of then and now
	@infra/kept-verdicts

readme: ## KEPT=folder of workflows/results: put its main table and figure into the README
	@infra/show-results $(KEPT)

##@ This machine

doctor: ## List what this machine lacks, and how to fix it
	@./normlab doctor

gpu-setup: ## Install PyTorch's libraries for CUDA, check them on each GPU, and use the GPUs from then on
	@./normlab gpu setup

up: ## Start the stack (Conductor, S3 store, MLflow, workers) on loopback
	@./normlab up

down: ## Stop the stack; nothing is lost, and a running campaign continues at the next up
	@./normlab down

##@ A cluster in containers

cluster-up: ## Build the images and start a cluster in containers (infra/compose.yaml)
	@infra/cluster-secrets && infra/build-images && docker compose -f infra/compose.yaml up --detach --wait

cluster-down: ## Stop the cluster and keep its volumes
	@docker compose -f infra/compose.yaml down

cluster-drill: ## Run a campaign on the cluster while a Conductor and a worker are killed
	@infra/cluster-drill

scan-images: ## Fail if an image runs as root or has a setuid file
	@infra/scan-images

scan-secrets: ## Fail if the running cluster shows a secret in docker inspect, a process, a log, a database or the store
	@infra/scan-secrets

##@ Development

test: ## Run all tests that need neither a container engine nor a GPU
	@$(mvn) -T 2 verify

it: ## Run the contract tests in memory, on embedded servers and in containers; PARTS=containers: only the last
	@infra/integration-tests $(PARTS)

networks: ## Train one step of every network with every arm and activation; three minutes
	@$(mvn) -q -pl workers/learning -am test -Dtest=EveryNetworkTest -Dnormlab.networks=all -Dsurefire.failIfNoSpecifiedTests=false

gpu: ## Try everything that needs a GPU, after gpu-setup; prints one table, in at most ten minutes
	@./normlab gpu check && ./normlab bench gpu

gpu-rehearsal: ## Load PyTorch's libraries for CUDA without a GPU, with a stub of the driver; downloads 2.8 GB the first time
	@infra/gpu/rehearse

chaos: ## Cause every fault of docs/reliability.md on a stack of its own and write its table; half an hour; ONLY=pattern
	@$(mvn) -q -pl workers/app -am test -Dtest=ChaosTest -Dtests.excluded= -Dsurefire.failIfNoSpecifiedTests=false -Dnormlab.chaos.only="$(ONLY)"

check: ## Compile with every check, formatting included, but without tests
	@$(mvn) -q verify -DskipTests

fmt: ## Format the sources
	@$(mvn) -q spotless:apply

clean: ## Remove what the build made; keep data and results in .normlab
	@$(mvn) -q clean

distclean: ## Stop the stack and remove everything, results included
	@-./normlab down
	@$(mvn) -q clean
	@rm -rf .normlab reports

##@ Measurements and generated pages

bench: ## Measure speed and memory into docs/performance.md (NORMLAB_TORCH_VENV=folder: and those of PyTorch)
	@./normlab bench table --out target/bench.md --write docs/performance.md

parity: ## Compare training steps with plain PyTorch (NORMLAB_TORCH_VENV=folder: use its PyTorch)
	@./normlab parity --out target/parity > /dev/null && infra/parity/python infra/parity/compare.py target/parity --write docs/exactness.md

audit: ## Look up known vulnerabilities of every dependency; exits with 5 if the database cannot be reached
	@infra/audit

times: ## Measure the tutorial and each command's answer into docs/reference/times.md
	@infra/measure-times

docs-check: ## Run the commands of the documentation and show how long each takes
	@infra/docs-check

generated: ## Write the reference pages and the schema again from the code
	@mkdir -p target && ./normlab reference > target/generated && mv target/generated docs/reference/command-line.md
	@./normlab bench reference docs/reference/benchmarks.md
	@./normlab schema > target/generated && mv target/generated workflows/experiments/schema.json
