package jobs

import (
	"net/http"
	"regexp"
	"testing"

	"piper/jobs/webhooks"
)

// Screens show the next run on the reader's clock beside the words for when it is, so the words name theirs.
func TestTimesOfDayNameTheirClock(t *testing.T) {
	clock := regexp.MustCompile(`\d\d:\d\d`)
	named := regexp.MustCompile(`\d\d:\d\d (UTC|in Brussels)`)
	times := 0
	for _, job := range Timetable(Deps{Webhooks: webhooks.Deps{HTTP: http.DefaultClient}}) {
		if clock.MatchString(job.When) {
			times++
			if !named.MatchString(job.When) {
				t.Errorf("%s runs %q: on whose clock?", job.Name, job.When)
			}
		}
	}
	if times == 0 {
		t.Error("no job has a time of day")
	}
}
