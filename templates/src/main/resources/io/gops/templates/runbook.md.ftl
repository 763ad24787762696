# Rollout ${release}: ${goal}

| | |
|---|---|
| Fleet, environment, cluster | ${fleet}, ${environment}, ${cluster} |
| Kind of release | ${template} |
| Groups concerned | ${groups} |
| Players who change sides, at most | ${moved} |
| Players who are disconnected | about ${kickedP50}, at most ${kickedP95} |
| Duration | about ${p50}, at most ${p95} |
<#if window != "">
| Window for starts and kicks | ${window} |
| Nights | at most ${windowNights} |
</#if>
<#if cause != "">
| Written in | ${cause} |
</#if>
| Plan | `${identity}` |

<#if windowNights gt 1>
**This takes several nights.** Outside the window the runner ends with exit code 7 where a step would have to start
something, move logins or disconnect players; it goes on where it stood when it is started again. `run --wait` waits
instead. Which wave needs which night stands below, counted with the longest time of each step.

</#if>
<#if days>
**This takes more than a day.** The runner may be stopped between two steps and started again at any
time; it goes on where it stood.

</#if>
<#if notes?has_content>
## To know beforehand

<#list notes as note>
- ${note}
</#list>

</#if>
## Before you start

1. Read this page to the end. Every step has a name; the same names stand in `plan.json` and in the journal.
2. `sh rollout.sh run --dry-run` says what each step would do and changes nothing.
3. `sh rollout.sh status` says where the plan stands, at any time and from a second terminal.
4. To approve a step: `git tag -s -m 'approve STEP of plan ${identity}' NAME`, signed with an SSH key, then
   `sh rollout.sh approve STEP --tag NAME`.
<#if signers?has_content>
   Nothing weaker passes. Who may sign:<#list signers as signer> ${signer}<#sep>,</#list>.
<#else>
   `approve STEP --as WHO` is a record only. With `GOPS_SIGNERS`, a file of allowed signers, no record is enough.
</#if>

Start with `sh rollout.sh run`. It verifies each step, writes a journal, and stops at the first thing that is
not as expected. Starting it again never does a step twice. `sh rollout.sh rollback` takes back what was
done, `sh rollout.sh abort` stops for good in the middle; the next compile plans the rest.

<#if gates>
This rollout shuts the gate of zones while it works on them. `abort` opens it again where all servers of a zone are ready
and either nothing of them has changed yet or all that changes them is done. Where some are stopped, of another version than the rest or
not tried yet, the gate stays shut, and `abort` says which and why.

</#if>
<#if pairs && folder != "">
If a host is lost meanwhile: the repository decides what runs, so `rollout.sh lost` does nothing here. Set `replicas` of those sides of the
host's pairs that take no logins to 0 in ${folder}, and commit. Once somebody knows that the machine is off, fence the node, so that exactly the
live sides come back on their failover hosts. Then `abort`, and compile a `replace_host`.

<#elseif pairs>
If a host is lost meanwhile: `sh rollout.sh lost HOST --as WHO`, once WHO knows that the machine is off. It stops this rollout for good,
stops the sides of the host's pairs that take no logins, and fences the host, so that exactly the live sides come back on their failover
hosts. Then `abort`, and compile a `replace_host`.

</#if>
<#if waves?has_content>
## Waves

| Wave |<#if window != ""> Night |</#if> Zones | Players | Disconnected | Duration | Which |
|---:|<#if window != "">---:|</#if>---:|---:|---:|---|---|
<#list waves as wave>
| ${wave.number}<#if wave.canary> (canary)</#if> |<#if window != ""> ${wave.night} |</#if> ${wave.count} | ${wave.players} | about ${wave.kicked} | ${wave.p50} to ${wave.p95} | ${wave.zones} |
</#list>

</#if>
<#list parts as part>
## ${part.heading}

<#list part.steps as step>
### ${step.id}

${step.title}.<#if step.consequence != ""> Consequence: ${step.consequence}.</#if>

<#if step.example != "">
- ${step.tasks} <#if step.tasks == "1">task<#else>tasks</#if>, first: ${step.example}
</#if>
- about ${step.time}<#if step.timeout != "">, at most ${step.timeout}</#if>
<#if step.approver != "">
- Asked: ${step.approver}
</#if>
- If it fails: ${step.fails}
<#if step.undo != "">
- Taken back: ${step.undo}
</#if>

</#list>
</#list>
## At the end

`sh rollout.sh verify` looks at everything once more. `sh rollout.sh finish` writes
`${stateFile}`; commit it, and remove the release from the source.
