package calls

import (
	"reflect"
	"slices"

	"piper/internal/store"
)

// Record is what a source said about one call in one run.
type Record struct {
	Call Call     // without Meta, SourceID and what follows from other fields
	Rows []string // the source's own bytes, one per language row
	Hash string   // hex sha256 over Rows
}

// apply brings what the source now says onto the stored call and adds the differences to its log.
// sameRows says that the source's bytes are those of last time: what then differs comes from a newer
// reading of them, which is no news of the source's.
func apply(c *Call, fresh Call, sameRows bool, now store.Instant) (changed []Change, touched bool) {
	old := *c
	keepBetterLanguage(&fresh, &old)
	fresh.Meta, fresh.SourceID = old.Meta, old.SourceID
	fresh.FirstSeenAt, fresh.ChangedAt, fresh.Changes = old.FirstSeenAt, old.ChangedAt, old.Changes
	fresh.settle(now)
	if !sameRows {
		changed = differences(&old, &fresh, now)
	}
	if len(changed) > 0 {
		fresh.Changes = append(slices.Clip(old.Changes), changed...)
		fresh.ChangedAt = now
	}
	*c = fresh
	fresh.NextDeadline = old.NextDeadline // moves on by itself, see Restate
	return changed, !reflect.DeepEqual(old, fresh)
}

// keepBetterLanguage keeps English words where this time only another language came, which happens
// when the source leaves rows out. Dates and money are taken from whatever came.
func keepBetterLanguage(fresh, old *Call) {
	if old.Language != preferred || fresh.Language == preferred {
		return
	}
	fresh.Language, fresh.Title, fresh.CallTitle = old.Language, old.Title, old.CallTitle
	fresh.Summary, fresh.Description, fresh.Conditions = old.Summary, old.Description, old.Conditions
	fresh.Keywords, fresh.TypeOfAction = old.Keywords, old.TypeOfAction
	for _, l := range old.Languages {
		if !slices.Contains(fresh.Languages, l) {
			fresh.Languages = append(fresh.Languages, l)
		}
	}
	slices.Sort(fresh.Languages)
}

// preferred is the language whose words are shown where there are several.
const preferred = "en"
