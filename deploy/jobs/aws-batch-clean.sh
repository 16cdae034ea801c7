#!/bin/bash
# Cleans PHOTOS into FACES as an array job of AWS Batch, then merges. Both lie on a file system (EFS, FSx) that the job definition
# mounts in every container; the image is that of deploy/Dockerfile.
#
#     deploy/jobs/aws-batch-clean.sh QUEUE DEFINITION PHOTOS FACES 16
set -euo pipefail
queue=$1 definition=$2 photos=$3 faces=$4 tasks=$5

command() { # ARGUMENT ...: what the container is started with, as Batch wants it
    printf '%s\n' clean "$photos" --into "$faces" "$@" --quiet | jq -R . | jq -cs '{command: .}'
}
# The index is AWS_BATCH_JOB_ARRAY_INDEX, which Batch sets in each container.
array=$(aws batch submit-job --job-name lineup-clean --job-queue "$queue" --job-definition "$definition" --query jobId --output text \
    --array-properties "size=$tasks" --retry-strategy attempts=3 --container-overrides "$(command --shard "$tasks")")
aws batch submit-job --job-name lineup-merge --job-queue "$queue" --job-definition "$definition" --query jobId --output text \
    --depends-on "jobId=$array" --retry-strategy attempts=3 --container-overrides "$(command --merge)"
