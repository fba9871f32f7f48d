package rates

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"piper/jobs/runner"
)

// The files under the base address, from the smallest.
const (
	dailyFile   = "eurofxref-daily.xml"
	quarterFile = "eurofxref-hist-90d.xml"
	historyFile = "eurofxref-hist.zip"
)

// DefaultURL is where the ECB publishes.
const DefaultURL = "https://www.ecb.europa.eu/stats/eurofxref/"

const (
	maxAnswer = 32 << 20
	attempts  = 3
)

// errPassing marks a failure that may pass by itself.
var errPassing = errors.New("passing")

// fetch gives a file's bytes, trying again where the server is busy.
func (j *job) fetch(ctx context.Context, file string) ([]byte, error) {
	url := strings.TrimSuffix(j.opts.URL, "/") + "/" + file
	var err error
	for i := range attempts {
		if i > 0 {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(j.opts.Pause << (i - 1)):
			}
		}
		var data []byte
		if data, err = j.get(ctx, url); err == nil {
			return data, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !errors.Is(err, errPassing) {
			break
		}
	}
	return nil, runner.Unavailable(err, "The European Central Bank did not give %s. The rates known so far stay as they are.", file)
}

func (j *job) get(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "Piper")
	res, err := j.opts.Client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPassing, err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		err := fmt.Errorf("%s answered %s", url, res.Status)
		if res.StatusCode >= 500 || res.StatusCode == http.StatusTooManyRequests {
			err = fmt.Errorf("%w: %w", errPassing, err)
		}
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPassing, err)
	}
	if len(data) > maxAnswer {
		return nil, fmt.Errorf("%s is larger than %d MB", url, maxAnswer>>20)
	}
	return data, nil
}
