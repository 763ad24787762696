// Asks OpenKruise itself what an in-place update would do.
//
// Reads one JSON object a line and answers each with a line. {"from": TEMPLATE, "to": TEMPLATE} is answered with
// "recreate", or "in-place" and the names of the containers that restart, sorted; {"rollout": {...}} with the
// ordinals of the pods that are chosen for an update, a slash, and those that are updated now, in that order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/openkruise/kruise/pkg/util/inplaceupdate"
	apps "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

type question struct {
	From    json.RawMessage `json:"from"`
	To      json.RawMessage `json:"to"`
	Rollout *rollout        `json:"rollout"`
}

func main() {
	options := inplaceupdate.SetOptionsDefaults(nil)
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := json.NewDecoder(in)
	for number := 1; lines.More(); number++ {
		var asked question
		check(lines.Decode(&asked))
		if asked.Rollout != nil {
			ordinals, err := order(*asked.Rollout, number)
			check(err)
			fmt.Fprintln(out, ordinals)
			continue
		}
		spec := options.CalculateSpec(revision(asked.From), revision(asked.To), options)
		fmt.Fprintln(out, answer(spec))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(spec *inplaceupdate.UpdateSpec) string {
	if spec == nil {
		return "recreate"
	}
	restarts := map[string]bool{}
	for name := range spec.ContainerImages {
		restarts[name] = true
	}
	for name, metadata := range spec.ContainerRefMetadata {
		if len(metadata.Labels)+len(metadata.Annotations) > 0 {
			restarts[name] = true
		}
	}
	names := make([]string, 0, len(restarts))
	for name := range restarts {
		names = append(names, name)
	}
	sort.Strings(names)
	return strings.TrimSpace("in-place " + strings.Join(names, " "))
}

// revision wraps a template as the controller stores it.
func revision(template json.RawMessage) *apps.ControllerRevision {
	raw := fmt.Sprintf(`{"spec":{"template":%s}}`, template)
	return &apps.ControllerRevision{Data: runtime.RawExtension{Raw: []byte(raw)}}
}
