// Package correlate tells whether records of different sources speak of one event, and says why.
//
// [Score] compares two records criterion by criterion: country and distance, time, act, people, place, words and
// ids that both carry. Each criterion gives points for or against, with its reason; the sum is the verdict: [Same]
// is merged without asking, [Likely] is proposed to the operator, [Different] is neither. [Set] keeps the records
// of a desk, finds the pairs worth comparing, and groups them into events.
//
// # Guarantees
//
//   - Pure: no clock, no I/O, nothing random. A score depends on the two records alone and is the same both ways, so
//     what else a desk holds, or will hold, never changes it. Words are therefore weighed by a fixed list of the
//     words that every report in this field uses, and not by how rare they are among the records at hand.
//   - What must not be one event never is, whatever the points: see [Features.Bars].
//   - Order does not matter: the same records and choices give the same groups, in whatever order they came and
//     left. A group is never a chain: no two of its records contradict each other.
//   - In doubt, nothing is merged: a record that fits two of one source about as well is proposed to both.
//   - What a person decided goes before what was computed, a later decision before an earlier one.
//
// Points are tenths: 25 is shown as +2.5.
package correlate
