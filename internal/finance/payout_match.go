package finance

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"piper/internal/store"
	"piper/internal/store/filter"
)

// What else speaks for a payment being a payout of gifts, beside an account or a name that has paid out before, and how
// much. They are the secretariat's own choice: a sum of many gifts to the cent is seldom chance; that a platform is named
// does not say whose gifts it pays out.
const (
	sameNet       = 50
	namesCampaign = 40
	namesPlatform = 20
)

// payoutDays is how long after its last gift a payout is looked for.
const payoutDays = 120

// minCampaign is how many letters the name of a campaign needs to be told from a word of any payment.
const minCampaign = 6

// platforms are words by which those who collect gifts for others call themselves at the bank, folded.
var platforms = []string{"adyen", "altruja", "betterplace", "donorbox", "enthuse", "fundraisingbox", "givebutter", "globalgiving", "gofundme", "goteo", "helloasso",
	"iraiser", "justgiving", "leetchi", "mollie", "paypal", "raisenow", "stripe", "sumup", "twingle", "ulule", "whydonate", "zeffy"}

// knowGifts adds which gifts are not paid out yet, in all currencies in which there are any, and which payments were payouts.
func (b *Bank) knowGifts(ctx context.Context, k *knowledge, currencies map[string]bool) error {
	campaigns, err := b.repo.imports.Count(ctx, filter.And{filter.Exists{Field: "donorId"}, filter.Eq{Field: "state", Value: string(Live)}})
	if err != nil || campaigns == 0 {
		return err
	}
	for _, currency := range slices.Sorted(maps.Keys(currencies)) {
		booked, err := b.Gifts(ctx, currency)
		if err != nil {
			return err
		}
		for _, g := range booked {
			if g.Left.Minor != 0 {
				k.gifts = append(k.gifts, g)
			}
		}
	}
	k.paidOut, err = b.entries.Find(ctx, filter.Eq{Field: "state", Value: string(PaidOut)}, nil, 0)
	return err
}

// payouts says which gifts a payment may pay out, campaign by campaign.
func (k knowledge) payouts(e *BankEntry) []Suggestion {
	campaigns := map[string][]*BookedGifts{}
	for _, g := range k.gifts {
		if g.Net.Currency == e.Amount.Currency && g.From <= e.Date && g.To >= addDays(e.Date, -payoutDays) {
			campaigns[g.DonorID] = append(campaigns[g.DonorID], g)
		}
	}
	list := []Suggestion{}
	for _, id := range slices.Sorted(maps.Keys(campaigns)) {
		s := Suggestion{DonorID: id, Reasons: []string{}}
		gifts := campaigns[id]
		s.payer(e, k)
		exact, from, to := sumsTo(gifts, e.Amount.Minor)
		switch {
		case exact != nil:
			s.add(sameNet, "It is exactly what the gifts of %s came to after fees.", monthsOf(from, to))
		case s.Score > 0:
			exact = enough(gifts, e.Amount.Minor)
		}
		for _, g := range exact {
			s.Payout = append(s.Payout, g.ImportID)
		}
		if len(s.Payout) > 0 {
			s.weight = s.Score
			s.Score = min(s.Score, 100)
			list = append(list, s)
		}
	}
	return list
}

// payer adds what payer and text say for a payout of a campaign.
func (s *Suggestion) payer(e *BankEntry, k knowledge) {
	before := func(same func(*BankEntry) bool) bool {
		return slices.ContainsFunc(k.paidOut, func(p *BankEntry) bool { return p.DonorID == s.DonorID && same(p) })
	}
	name := k.names[s.DonorID]
	switch {
	case e.IBAN != "" && before(func(p *BankEntry) bool { return p.IBAN == e.IBAN }):
		s.add(sameAccount, "Gifts of %s have been paid out from this account before.", name)
	case e.Payer != "" && before(func(p *BankEntry) bool { return store.Fold(p.Payer) == store.Fold(e.Payer) }):
		s.add(sameName, "This payer has paid out gifts of %s before.", name)
	}
	text := store.Fold(e.Payer + " " + e.Remittance + " " + e.EndToEnd)
	short, _, _ := strings.Cut(name, "(") // "(campaign)" stands in no payment
	if short = store.Fold(strings.TrimSpace(short)); utf8.RuneCountInString(short) >= minCampaign && strings.Contains(text, short) {
		s.add(namesCampaign, "The payment names %s.", name)
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if slices.Contains(platforms, word) {
			s.add(namesPlatform, "The payment names a platform that collects gifts.")
			return
		}
	}
}

// sumsTo finds imports that follow each other, or else months, of which exactly this much is left, and says of which days
// they are; the latest where several do. Nil where there are none.
func sumsTo(gifts []*BookedGifts, minor int64) (list []*BookedGifts, from, to store.Date) {
	for i := range gifts {
		left := int64(0)
		for j := i; j < len(gifts); j++ {
			if left += gifts[j].Left.Minor; left == minor {
				list = gifts[i : j+1]
			}
		}
	}
	if list == nil {
		return monthsTo(gifts, minor)
	}
	from, to = list[0].From, list[0].To
	for _, g := range list {
		from, to = min(from, g.From), max(to, g.To)
	}
	return list, from, to
}

// monthsTo is sumsTo for whole months, as far as that much is left of the imports that have brought them.
func monthsTo(gifts []*BookedGifts, minor int64) (list []*BookedGifts, from, to store.Date) {
	net := map[string]int64{}
	for _, g := range gifts {
		for month, n := range g.months {
			net[month] += n
		}
	}
	months := slices.Sorted(maps.Keys(net))
	for i := range months {
		sum := int64(0)
		for j := i; j < len(months); j++ {
			if sum += net[months[j]]; sum != minor {
				continue
			}
			var brought []*BookedGifts
			left := int64(0)
			for _, g := range gifts {
				if slices.ContainsFunc(months[i:j+1], func(month string) bool { return g.months[month] != 0 }) {
					brought, left = append(brought, g), left+g.Left.Minor
				}
			}
			if left >= minor {
				list, from, to = brought, store.Date(months[i]+"-01"), store.Date(months[j]+"-01")
			}
		}
	}
	return list, from, to
}

// monthsOf names the months from one day to another.
func monthsOf(from, to store.Date) string {
	first, last := from.Time().Format("January 2006"), to.Time().Format("January 2006")
	if first == last {
		return first
	}
	return first + " to " + last
}

// enough gives the oldest imports of which as much is left, or all where it is not.
func enough(gifts []*BookedGifts, minor int64) []*BookedGifts {
	left := int64(0)
	for i, g := range gifts {
		if left += g.Left.Minor; left >= minor {
			return gifts[:i+1]
		}
	}
	return gifts
}
