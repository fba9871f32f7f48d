package calls

import (
	"strconv"
	"strings"
	"time"

	"piper/internal/fault"
	"piper/internal/store"
	"piper/internal/store/filter"
)

// Search says which calls. The zero Search is every call.
type Search struct {
	States         []State // any of them; none given is every state
	Programme      string  // code
	SourceID       string
	DeadlineAfter  store.Date    // the next deadline falls on that day or later
	DeadlineBefore store.Date    // the next deadline falls on that day or earlier
	ChangedAfter   store.Instant // new, or with an entry in its log, at that moment or later
	Where          string        // a filter of Fields, as people put it together
}

// where reads the search as of now; Invalid names what is wrong in Where.
func (s Search) where(now store.Instant) (filter.Expr, error) {
	var all filter.And
	asked, err := Fields(now).Where(s.Where)
	if err != nil {
		return nil, err
	}
	if asked != nil {
		all = append(all, asked)
	}
	if len(s.States) > 0 {
		var one filter.Or
		for _, state := range s.States {
			one = append(one, state.where(now))
		}
		all = append(all, one)
	}
	if s.Programme != "" {
		all = append(all, filter.Eq{Field: "programme", Value: s.Programme})
	}
	if s.SourceID != "" {
		all = append(all, filter.Eq{Field: "sourceId", Value: s.SourceID})
	}
	if s.DeadlineAfter != "" {
		all = append(all, filter.Compare{Field: "nextDeadline", Op: filter.Gte, Value: string(s.DeadlineAfter)})
	}
	if s.DeadlineBefore != "" {
		all = append(all, filter.Compare{Field: "nextDeadline", Op: filter.Lte, Value: string(s.DeadlineBefore)})
	}
	if s.ChangedAfter != "" {
		all = append(all, filter.Compare{Field: "changedAt", Op: filter.Gte, Value: string(s.ChangedAfter)})
	}
	return all, nil
}

// A cursor of calls begins with the moment of the first page: "open" must mean the same on every page
// of a list, and the store's cursors belong to one exact filter.

func stamp(now store.Instant, next string) string {
	if next == "" {
		return ""
	}
	return strconv.FormatInt(now.Time().Unix(), 36) + "." + next
}

func unstamp(cursor string, now store.Instant) (store.Instant, string, error) {
	if cursor == "" {
		return now, "", nil
	}
	moment, rest, ok := strings.Cut(cursor, ".")
	seconds, err := strconv.ParseInt(moment, 36, 64)
	if !ok || rest == "" || err != nil || seconds < 0 || seconds > now.Time().Unix() {
		return "", "", fault.Field("cursor", "This cursor does not belong to this list. Begin again without it.")
	}
	return store.At(time.Unix(seconds, 0)), rest, nil
}
