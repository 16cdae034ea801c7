#!/bin/bash
# Searches the grid for a model of FACES as an array of Slurm; FACES and MODEL lie on a file system that every node sees.
#
#     search=$(sbatch --parsable --array=0-15 slurm-train.sh FACES MODEL 16)
#     sbatch --dependency=afterok:$search --wrap 'lineup train FACES --out MODEL --merge'
#
# The third argument is the number of tasks; options of `lineup train` follow, the same for --merge.
#SBATCH --job-name=lineup-train
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --requeue
set -euo pipefail
faces=$1 model=$2 tasks=$3
shift 3
exec lineup train "$faces" --out "$model" --search-shard "$tasks" --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet "$@"
