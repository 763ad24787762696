package io.gops.plan.proof;

/// What was done to a plan to break it.
enum Fault {
  STEP_REMOVED("a step removed"),
  STEPS_SWAPPED("two neighbouring steps swapped"),
  STEP_FIRST("a step moved to the front"),
  STEP_LAST("a step moved to the end"),
  NEEDS("a step that needs something else"),
  KIND("a step of another kind"),
  WAVE("a step of another wave, a zone in another wave, a wrong canary"),
  TIME("no timeout, no soak"),
  TASK_REMOVED("a task removed"),
  TASK_DOUBLED("a task done twice"),
  TASK_ELSEWHERE("a task done one step later"),
  UNDO_MISSING("no undo"),
  UNDO_NO_RETURN("a point of no return that is none"),
  UNDO_WRONG("an undo that does something else, or too little"),
  UNDO_UNCHECKED("an undo that nobody verifies"),
  CHECK_MISSING("a check left out"),
  CHECK_WRONG("a check of something else"),
  VALUE_WRONG("a wrong value in an action"),
  SET_WRONG("an action on another set, group or host"),
  FIGURE_WRONG("other players, switches or pairs than the steps concern"),
  ENDS_WRONG("another beginning or end"),
  ABORT_WRONG("an abort that leaves a gate shut, or opens it to other servers or too early");

  final String words;

  Fault(String words) {
    this.words = words;
  }
}
