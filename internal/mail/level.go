package mail

import (
	"slices"

	"piper/internal/access"
)

// Level says how much of a thread its owner shows to the team. Each level includes the ones before it.
type Level string

// The levels of sharing. Private is what every thread starts with.
const (
	Private  Level = "private"  // nobody but the owner knows of it
	Metadata Level = "metadata" // who wrote to whom, and when
	Subject  Level = "subject"  // the subject as well
	Full     Level = "full"     // everything, attachments included
)

// Levels lists every level, the most private first.
var Levels = []Level{Private, Metadata, Subject, Full}

// rank orders levels; an unknown one ranks as private.
func (l Level) rank() int { return max(0, slices.Index(Levels, l)) }

// Valid reports whether l is one of Levels.
func (l Level) Valid() bool { return slices.Contains(Levels, l) }

// Share is one owner's decision about a thread. An owner without one keeps it private.
type Share struct {
	OwnerID string `json:"ownerId"`
	Level   Level  `json:"level"`
}

// shares are the decisions about one thread, ordered by owner, none of them private.
type shares []Share

// of gives what an owner has decided.
func (s shares) of(ownerID string) Level {
	for _, share := range s {
		if share.OwnerID == ownerID {
			return share.Level
		}
	}
	return Private
}

// with gives the decisions with one changed.
func (s shares) with(ownerID string, level Level) shares {
	out := make(shares, 0, len(s)+1)
	for _, share := range s {
		if share.OwnerID != ownerID {
			out = append(out, share)
		}
	}
	if level != Private {
		out = append(out, Share{ownerID, level})
	}
	slices.SortFunc(out, func(a, b Share) int { return compare(a.OwnerID, b.OwnerID) })
	return out
}

// team gives the most that any of the owners shows to everybody.
func (s shares) team(owners []string) Level {
	best := Private
	for _, o := range owners {
		if l := s.of(o); l.rank() > best.rank() {
			best = l
		}
	}
	return best
}

// readers gives the sight tokens of those who may read, at a level, what these owners hold: the owners
// themselves, and the team where one of them shares that much.
func (s shares) readers(owners []string, at Level) []string {
	tokens := make([]string, 0, len(owners)+1)
	for _, o := range owners {
		tokens = append(tokens, access.OwnerToken(o))
	}
	if s.team(owners).rank() >= at.rank() {
		tokens = append(tokens, access.TeamToken)
	}
	return tokens
}

// merge gives the decisions about two threads that turn out to be one. Where an owner holds mail of both,
// the more private decision stands, so that nothing is shown that its owner has not shown.
func (s shares) merge(owners []string, other shares, otherOwners []string) shares {
	out := shares{}
	for _, o := range union(owners, otherOwners) {
		level, ours, theirs := Private, slices.Contains(owners, o), slices.Contains(otherOwners, o)
		switch {
		case ours && theirs:
			level = s.of(o)
			if l := other.of(o); l.rank() < level.rank() {
				level = l
			}
		case ours:
			level = s.of(o)
		default:
			level = other.of(o)
		}
		out = out.with(o, level)
	}
	return out
}
