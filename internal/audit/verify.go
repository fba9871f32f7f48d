package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"piper/internal/access"
	"piper/internal/fault"
	"piper/internal/store/driver"
	"piper/internal/store/filter"
)

// sealWithin is how long an entry may wait for its seal before that is remarkable.
const sealWithin = 30 * time.Minute

const (
	sealPage    = 8      // seals in memory at a time
	maxUnlisted = 10_000 // entries remembered because no seal listed them so far
)

// Verify reads the whole journal and tells what is wrong with it. It needs little memory, changes
// nothing, and others may go on writing and sealing meanwhile. Call SealAll before it, so that as much
// as possible is covered; where that refuses, the report says why.
func (j *Journal) Verify(ctx context.Context) (Report, error) {
	v := verifier{j: j, report: Report{Findings: []Finding{}, Notes: []string{}}, unlisted: map[string]bool{}}
	ctx = access.AsSystem(ctx, "audit verify")
	for _, step := range []func(context.Context) error{v.readHead, v.walkChain, v.checkTail, v.checkUnlisted, v.checkWaiting} {
		if err := step(ctx); err != nil {
			return Report{}, err
		}
	}
	v.conclude()
	return v.report, nil
}

type verifier struct {
	j        *Journal
	report   Report
	head     head            // the zero head where there is no head file to go by
	last     Seal            // the newest seal so far, without its items
	lost     bool            // last can no longer be read: nothing but its number is known
	unlisted map[string]bool // entries among sealed ones that no seal has listed so far
	late     int64
	accepted []*Entry
	erased   *Entry // the erasure looked at last
}

func (v *verifier) conclude() {
	for _, e := range v.accepted {
		v.note("The chain was taken as it stood: %s; the entry %s says why.", describe(e), e.ID)
	}
	if v.late > 0 {
		v.note("%d entries were sealed more than %d minutes after they were written. That is usual after Piper "+
			"was stopped suddenly or its clock was set.", v.late, int(sealWithin.Minutes()))
	}
	v.report.conclude()
}

func (v *verifier) note(format string, args ...any) {
	v.report.Notes = append(v.report.Notes, fmt.Sprintf(format, args...))
}

func (v *verifier) readHead(context.Context) error {
	if v.j.head == "" {
		return nil
	}
	h, err := readHead(v.j.head, v.j.key)
	var f *fault.Error
	if errors.As(err, &f) {
		v.report.add(NoHead, 0, "", "%s A cut-off end of the journal cannot be ruled out.", f.Message)
		return nil
	}
	v.head = h
	return err
}

// walkChain looks at every seal in order and at every entry under it.
func (v *verifier) walkChain(ctx context.Context) error {
	for after := ""; ; {
		seals, err := v.j.seals.Find(ctx, filter.Compare{Field: "id", Op: filter.Gt, Value: after}, []driver.Key{{Path: "id"}}, sealPage)
		if isUnreadable(err) {
			return v.walkOneByOne(ctx, after)
		}
		if err != nil {
			return err
		}
		for _, s := range seals {
			if err := v.checkSeal(ctx, s); err != nil {
				return err
			}
			after = s.ID
		}
		if len(seals) < sealPage {
			return nil
		}
	}
}

// checkSeal checks a seal, in order, and every entry under it.
func (v *verifier) checkSeal(ctx context.Context, s *Seal) error {
	v.checkLink(s)
	check := v.checkRange
	if s.To == s.From {
		check = v.checkStragglers
	}
	if err := check(ctx, s); err != nil {
		return err
	}
	v.last, v.lost = *s, false
	v.last.Items = nil
	v.report.Seals++
	v.report.Entries += int64(len(s.Items))
	return nil
}

// walkOneByOne looks at the seals behind one each by its id: one that can no longer be read does not keep the
// others from being looked at.
func (v *verifier) walkOneByOne(ctx context.Context, after string) error {
	var ids []string
	if err := v.j.seals.Scan(ctx, filter.Compare{Field: "id", Op: filter.Gt, Value: after}, []string{"id"}, func(values []any) error {
		ids = append(ids, values[0].(string))
		return nil
	}); err != nil {
		return err
	}
	slices.Sort(ids)
	for _, id := range ids {
		s, err := v.j.seals.Get(ctx, id)
		switch {
		case isUnreadable(err):
			seq, _ := strconv.ParseInt(id, 10, 64)
			v.report.add(Forged, seq, "", "Seal %d can no longer be read: it was changed.", seq)
			v.last, v.lost = Seal{Seq: seq, At: v.last.At, To: v.last.To}, true
			v.report.Seals++
		case err != nil:
			return err
		default:
			if err := v.checkSeal(ctx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkLink checks one seal against the key and against the seal before it.
func (v *verifier) checkLink(s *Seal) {
	r := &v.report
	switch {
	case !same(s.Mac, v.j.sealMac(s)):
		r.add(Forged, s.Seq, "", "Seal %d of %s does not carry the mark of the audit key: it was changed, or the "+
			"chain was made again without the key.", s.Seq, moment(s.At))
	case s.ID != sealID(s.Seq):
		r.add(Reordered, s.Seq, "", "Seal %d stands in the place of another one: the order was changed.", s.Seq)
	case s.Seq > v.last.Seq+1:
		r.add(Missing, v.last.Seq+1, "", "Seals %d to %d are missing; they were made between %s and %s.",
			v.last.Seq+1, s.Seq-1, moment(v.last.At), moment(s.At))
	case s.Prev != v.last.Mac && !v.lost:
		r.add(Reordered, s.Seq, "", "Seal %d does not follow from the seal before it.", s.Seq)
	}
	if v.head.Seq > 0 && s.Seq == v.head.Seq && !same(s.Mac, v.head.Mac) {
		r.add(Forged, s.Seq, "", "Seal %d is not the one that the head file remembers: the chain was made again.", s.Seq)
	}
}
