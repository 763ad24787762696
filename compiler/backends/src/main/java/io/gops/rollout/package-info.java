/// Plans as files: `plan.json` for tools, `runbook.md` for people, `rollout.sh` for a shell.
@NullMarked
package io.gops.rollout;

import org.jspecify.annotations.NullMarked;
