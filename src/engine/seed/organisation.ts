// 青柳家居 (Willow Home): six people who work together, and two rooms they meet in. What a newcomer finds after the first start.
import type { Bookmark, Contact, Member, Person, Room } from '../population.ts';

export const DEMO_DOMAIN = 'willow.test';

export interface Colleague {
  name: string;
  password: string;
  displayName: string;
  /** As lists and pages show them: with what they do. */
  label: string;
  team: string;
  /** The nick in rooms. */
  nick: string;
}

const colleague = (name: string, displayName: string, team: string, nick = displayName): Colleague => ({
  name,
  password: `willow-${name}`,
  displayName,
  label: `${displayName} · ${team}`,
  team,
  nick,
});

/** The first two stand side by side on the demo's first page. */
export const COLLEAGUES: readonly Colleague[] = [
  colleague('xiaochen', '陈晓', '客服 Support'),
  colleague('liwen', '李雯', '售后 After-sales'),
  colleague('mia', 'Mia', '设计 Design'),
  colleague('wanglei', '王磊', '市场 Marketing'),
  colleague('omar', 'Omar Haddad', '采购 Sourcing', 'Omar'),
  colleague('jana', 'Jana Novák', '物流 Logistics', 'Jana'),
];

const members = (owner: string): Member[] =>
  COLLEAGUES.toSorted((a, b) => Number(b.name === owner) - Number(a.name === owner)).map(({ name, nick }) => ({
    name,
    nick,
    affiliation: name === owner ? 'owner' : 'member',
  }));

export const ROOMS: readonly Room[] = [
  {
    name: 'design',
    title: '设计周会',
    subject: '每周三 14:00 · 新版气泡与首页改版',
    membersOnly: true,
    nonAnonymous: true,
    members: members('mia'),
  },
  {
    name: 'launch',
    title: '产品发布群',
    subject: '秋季新品：橡木餐桌与藤编系列',
    membersOnly: false,
    nonAnonymous: true,
    members: members('wanglei'),
  },
];

/** Everybody knows everybody, in groups by team. */
function contactsOf(person: Colleague): Contact[] {
  return COLLEAGUES.filter(({ name }) => name !== person.name).map(({ name, displayName, team }) => ({
    name,
    displayName,
    groups: [team],
  }));
}

const bookmarksOf = (person: Colleague): Bookmark[] => ROOMS.map(({ name, title }) => ({ room: name, title, nick: person.nick }));

export function personOf(colleague: Colleague, readUpTo: Readonly<Record<string, string>>): Person {
  const { name, password, displayName } = colleague;
  return { name, password, displayName, contacts: contactsOf(colleague), bookmarks: bookmarksOf(colleague), readUpTo };
}
