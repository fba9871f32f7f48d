import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, data } from '@/shared/api/client';
import { sentenceOf } from '@/shared/api/problem';
import { formatInstant } from '@/shared/format/date';
import { formatMoney, plural } from '@/shared/format/number';
import { FormProblem } from '@/shared/forms/FormProblem';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Dialog } from '@/shared/ui/Dialog';
import { Fact, Facts } from '@/shared/ui/Facts';
import { useMoneyWrite } from '../queries';
import { Reopen } from './Reopen';
import { booksQuery, closingQuery } from './queries';
import classes from './ledger.module.css';

/** Closes a fiscal year, after a look at what that locks; opens one again for a reason. */
export function BooksDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title="Close a fiscal year">
      <Ready query={useQuery(booksQuery)} loading={<LoadingRows rows={3} />}>
        {({ years, history }) => (
          <>
            <Choice open={years.filter(({ closed }) => !closed)} onClose={onClose} />
            <Reopen closed={years.filter(({ closed }) => closed)} />
            {history.length > 0 && (
              <ul className={classes.history}>
                {history.map(({ year, closed, at, by, reason }) => (
                  <li key={at + String(year)}>
                    {year} {closed ? 'closed' : 'opened again'} by {by}, {formatInstant(at)}
                    {reason && `: ${reason}`}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Ready>
    </Dialog>
  );
}

interface ChoiceProps {
  open: { year: number; label: string }[];
  onClose: () => void;
}

function Choice({ open, onClose }: ChoiceProps) {
  // Past years are closed, and seldom the one that runs.
  const [year, setYear] = useState(open[1]?.year ?? open[0]?.year);
  const close = useMoneyWrite(
    (one: number) => data(api.POST('/books/{year}/close', { params: { path: { year: one } } })),
    'The year is closed.',
  );
  if (year === undefined) return <p className={classes.lead}>Every year is closed.</p>;
  return (
    <Stack gap="md">
      <FormProblem message={close.error ? sentenceOf(close.error) : ''} />
      <NativeSelect
        label="Fiscal year"
        data={open.map((one) => ({ value: String(one.year), label: one.label }))}
        value={String(year)}
        onChange={(event) => {
          setYear(Number(event.currentTarget.value));
          close.reset();
        }}
      />
      <Locked year={year} />
      <p className={classes.lead}>
        Nobody can change, split or remove its lines and expenses any more, nor add any. What is
        wrong in them is corrected in an open year: a line by a reversal, an expense by another.
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color="red.9"
          loading={close.isPending}
          onClick={() => void close.mutateAsync(year).then(onClose, () => undefined)}
        >
          Close {open.find((one) => one.year === year)?.label}
        </Button>
      </Group>
    </Stack>
  );
}

/** What would be locked. */
function Locked({ year }: { year: number }) {
  return (
    <Ready query={useQuery(closingQuery(year))} loading={<LoadingRows rows={2} />}>
      {({ lines, expenses, worth, unsettled, notConverted, payments }) => (
        <Facts>
          <Fact name="Locked">
            {plural(lines, 'line')}, {formatMoney(worth)} together
            {expenses > 0 && `, and ${plural(expenses, 'expense')}`}
          </Fact>
          <Fact name="In the way">
            {unsettled > 0 &&
              `${plural(unsettled, 'line or expense', 'lines or expenses')} whose rate may still change`}
          </Fact>
          <Fact name="Not converted">
            {notConverted > 0 && `${plural(notConverted, 'line')} without a rate`}
          </Fact>
          <Fact name="Left open">
            {payments > 0 && `${plural(payments, 'payment')} of the bank that nobody has decided`}
          </Fact>
        </Facts>
      )}
    </Ready>
  );
}
