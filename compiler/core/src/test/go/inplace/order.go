package main

import (
	"fmt"
	"strings"
	"time"
	"unsafe"

	pub "github.com/openkruise/kruise/apis/apps/pub"
	kruise "github.com/openkruise/kruise/apis/apps/v1beta1"
	"github.com/openkruise/kruise/pkg/controller/statefulset"
	"github.com/openkruise/kruise/pkg/util/inplaceupdate"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/tools/record"
)

// priorityLabel is the one by which OpenKruiseGame lets every set of game servers be updated.
const priorityLabel = "game.kruise.io/gs-update-priority"

// rollout asks which pods of a set are updated, and in which order.
type rollout struct {
	Pods           []pod  `json:"pods"`
	Replicas       int32  `json:"replicas"`
	Target         string `json:"target"`
	Partition      int32  `json:"partition"`
	MaxUnavailable int    `json:"maxUnavailable"`
	Paused         bool   `json:"paused"`
}

type pod struct {
	Ordinal     int    `json:"ordinal"`
	Revision    string `json:"revision"`
	Priority    string `json:"priority"`
	Available   bool   `json:"available"`
	Terminating bool   `json:"terminating"`
}

//go:linkname sortPodsToUpdate github.com/openkruise/kruise/pkg/controller/statefulset.sortPodsToUpdate
func sortPodsToUpdate(
	strategy *kruise.RollingUpdateStatefulSetStrategy, revision string, replicas int32, pods []*core.Pod,
) []int

//go:linkname updatePods github.com/openkruise/kruise/pkg/controller/statefulset.(*defaultStatefulSetControl).rollingUpdateStatefulsetPods
func updatePods(
	control unsafe.Pointer,
	set *kruise.StatefulSet,
	status *kruise.StatefulSetStatus,
	currentRevision *apps.ControllerRevision,
	updateRevision *apps.ControllerRevision,
	revisions []*apps.ControllerRevision,
	pods []*core.Pod,
	replicas []*core.Pod,
	minReadySeconds int32,
) (*kruise.StatefulSetStatus, error)

// seen updates every pod in place and remembers which.
type seen struct{ names []string }

func (s *seen) CanUpdateInPlace(_, _ *apps.ControllerRevision, _ *inplaceupdate.UpdateOptions) bool {
	return true
}

func (s *seen) Update(
	pod *core.Pod, _, _ *apps.ControllerRevision, _ *inplaceupdate.UpdateOptions,
) inplaceupdate.UpdateResult {
	s.names = append(s.names, pod.Name)
	return inplaceupdate.UpdateResult{InPlaceUpdate: true}
}

func (s *seen) Refresh(_ *core.Pod, _ *inplaceupdate.UpdateOptions) inplaceupdate.RefreshResult {
	return inplaceupdate.RefreshResult{}
}

// order answers with the ordinals that are chosen, a slash, and those that are updated now.
func order(asked rollout, number int) (string, error) {
	replicas := make([]*core.Pod, asked.Replicas)
	var pods []*core.Pod
	for _, its := range asked.Pods {
		for its.Ordinal >= len(replicas) {
			replicas = append(replicas, nil)
		}
		replicas[its.Ordinal] = its.object()
		pods = append(pods, replicas[its.Ordinal])
	}
	maxUnavailable := intstr.FromInt32(int32(asked.MaxUnavailable))
	strategy := &kruise.RollingUpdateStatefulSetStrategy{
		Partition:       &asked.Partition,
		MaxUnavailable:  &maxUnavailable,
		Paused:          asked.Paused,
		PodUpdatePolicy: kruise.InPlaceIfPossiblePodUpdateStrategyType,
		UnorderedUpdate: &kruise.UnorderedUpdateStrategy{
			PriorityStrategy: &pub.UpdatePriorityStrategy{
				OrderPriority: []pub.UpdatePriorityOrderTerm{{OrderedKey: priorityLabel}},
			},
		},
	}
	var chosen []string
	for _, ordinal := range sortPodsToUpdate(strategy, asked.Target, asked.Replicas, replicas) {
		chosen = append(chosen, fmt.Sprint(ordinal))
	}
	// A set of its own for each question: the controller remembers what it has just updated.
	set := &kruise.StatefulSet{ObjectMeta: meta.ObjectMeta{Namespace: "games", Name: fmt.Sprint("set-", number)}}
	set.Spec.Replicas = &asked.Replicas
	set.Spec.UpdateStrategy.RollingUpdate = strategy
	updated := &seen{}
	control := statefulset.NewDefaultStatefulSetControl(nil, updated, nil, nil, nil, &record.FakeRecorder{})
	target := &apps.ControllerRevision{ObjectMeta: meta.ObjectMeta{Name: asked.Target}}
	_, err := updatePods(
		(*[2]unsafe.Pointer)(unsafe.Pointer(&control))[1],
		set, &kruise.StatefulSetStatus{}, target, target, []*apps.ControllerRevision{target}, pods, replicas, 0)
	return strings.Join(chosen, " ") + "/" + strings.Join(updated.names, " "), err
}

// object is a pod as the controller finds it.
func (p pod) object() *core.Pod {
	its := &core.Pod{ObjectMeta: meta.ObjectMeta{
		Namespace: "games",
		Name:      fmt.Sprint(p.Ordinal),
		Labels: map[string]string{
			apps.ControllerRevisionHashLabelKey: p.Revision,
			priorityLabel:                       p.Priority,
		},
	}}
	if p.Terminating {
		now := meta.NewTime(time.Unix(1, 0))
		its.DeletionTimestamp = &now
	}
	its.Status.Phase = core.PodRunning
	ready := core.ConditionFalse
	if p.Available {
		ready = core.ConditionTrue
	}
	its.Status.Conditions = []core.PodCondition{{Type: core.PodReady, Status: ready}}
	return its
}
