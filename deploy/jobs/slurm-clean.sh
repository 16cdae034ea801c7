#!/bin/bash
# Cleans PHOTOS into FACES as an array of Slurm; both lie on a file system that every node sees.
#
#     clean=$(sbatch --parsable --array=0-15 slurm-clean.sh PHOTOS FACES 16)
#     sbatch --dependency=afterok:$clean --wrap 'lineup clean PHOTOS --into FACES --merge'
#
# The third argument is the number of tasks. A task that failed or was killed is sent again by its number alone, --array=7.
#SBATCH --job-name=lineup-clean
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --requeue
set -euo pipefail
exec lineup clean "$1" --into "$2" --shard "$3" --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet
