import type { Funder } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { formatCount, formatMajor, formatMajorMoney, plural } from '@/shared/format/number';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import type { Column } from '@/shared/table/RecordTable';
import { TextLink } from '@/shared/ui/links';
import classes from './awards.module.css';
import { yearsWords } from './words';

function Name({ of }: { of: Funder }) {
  return (
    <TextLink to="/funding/funders/$id" params={{ id: of.id }} c="inherit" fw={500}>
      {of.name}
    </TextLink>
  );
}

function Ours({ of }: { of: Funder }) {
  return of.is ? <StakeholderLink id={of.is} name={of.stakeholder} /> : null;
}

export const columnsFor = (currency: string): Column<Funder>[] => [
  { key: 'name', header: 'Funder', sort: 'name', cell: (one) => <Name of={one} /> },
  {
    key: 'country',
    header: 'Country',
    width: '150px',
    wideOnly: true,
    cell: (one) => countryName(one.country),
  },
  { key: 'is', header: 'Stakeholder', width: '26%', cell: (one) => <Ours of={one} /> },
  {
    key: 'awards',
    header: 'Awards',
    sort: 'awards',
    width: '100px',
    numeric: true,
    cell: (one) => formatCount(one.awards),
  },
  {
    key: 'worth',
    header: `Given, ${currency}`,
    sort: 'worth',
    width: '140px',
    numeric: true,
    cell: (one) => formatMajor(one.worth, currency),
  },
  {
    key: 'lastYear',
    header: 'Years',
    sort: 'lastYear',
    width: '130px',
    numeric: true,
    cell: (one) => yearsWords(one.firstYear, one.lastYear),
  },
];

export const compactFor = (currency: string) =>
  function compact(one: Funder) {
    return (
      <>
        <div className={classes.apart}>
          <span className={classes.grow}>
            <Name of={one} />
          </span>
          <span className="num" style={{ whiteSpace: 'nowrap', fontWeight: 500 }}>
            {formatMajorMoney(one.worth, currency)}
          </span>
        </div>
        <div className={classes.mute}>
          {plural(one.awards, 'award')}, {yearsWords(one.firstYear, one.lastYear)}
        </div>
        <Ours of={one} />
      </>
    );
  };
