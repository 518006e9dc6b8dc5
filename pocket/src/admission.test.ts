import { beforeAll, describe, expect, test } from "vitest"
import { Admission } from "./admission.ts"
import { memoryShelf, ROOMS, Town } from "./admissiontown.fortests.ts"
import { DAY_MS, MINUTE_MS } from "./clock.ts"
import { Mailroom } from "./delivery/index.ts"
import { oneByOne } from "./onebyone.ts"
import { FakeClock } from "./fakeclock.fortests.ts"
import type { Issuer } from "./trust/issuercast.fortests.ts"
import { newIssuer } from "./trust/issuercast.fortests.ts"
import type { SigningKey } from "./seal/index.ts"
import { challengeDigest, issuerKey, newSigningKey, random, sha256 } from "./seal/index.ts"
import { newProgram, signedCharter, signedHead, TODAY, tokenKeys } from "./trust/cast.fortests.ts"
import type { Backup, Bytes } from "./wire/index.ts"
import { cardLink, cardTyped, concat, decodeToken, utf8 } from "./wire/index.ts"

const CODE = utf8("ten bytes!")
const NOON = TODAY * 1_440 + 720

/** Chance itself, but for the four bytes that choose a minute: those say the middle of the week. */
const halfway = (length: number): Bytes => (length === 4 ? Uint8Array.of(128, 0, 0, 0) : random(length))

describe("a card", () => {
  let issuer: Issuer
  beforeAll(async () => {
    issuer = await newIssuer()
  })

  async function arrive() {
    const program = await newProgram()
    const town = new Town(program, issuer)
    await town.publish()
    const store = memoryShelf()
    const clock = new FakeClock(TODAY * DAY_MS)
    const open = () => Admission.open({ store, mailroom: new Mailroom(ROOMS.mailroom, town.fetch), rooms: ROOMS, fetch: town.fetch, random: halfway, clock, oneByOne: oneByOne(undefined, "", clock.after) })
    const link = `https://leanto.example.org${await cardLink({ code: CODE, fingerprint: program.id }, sha256)}`
    return { town, program, store, open, link, clock, ana: await open() }
  }

  test("pins the program, draws ten true passes and shows its peers", async () => {
    const { town, program, ana, link } = await arrive()
    await ana.enterCard(link, TODAY)
    expect([ana.card, ana.tokensLeft, (await ana.peers(TODAY)).length]).toEqual(["held", 10, 1])
    const token = decodeToken((await ana.takeToken(TODAY)) ?? utf8(""))
    expect(token.challengeDigest).toEqual(await challengeDigest(program.id))
    const { verifier } = await issuerKey(town.issuer.spki)
    const input = concat(Uint8Array.of(0, 2), token.nonce, token.challengeDigest, token.tokenKeyId)
    expect(await crypto.subtle.verify({ name: "RSA-PSS", saltLength: 48 }, verifier, token.authenticator, input)).toBe(true)
    expect(ana.tokensLeft).toBe(9)
  })

  test("of a copy is followed by the program that the copy names and by no other, and its passes are there", async () => {
    const { town, program, store, open } = await arrive()
    const charter = await signedCharter(program.key, program.charter)
    const copy: Backup = { day: TODAY, charter, card: CODE, epochs: [{ epoch: 4, drawn: true, membersKey: program.membersKey }], tokens: [{ epoch: 4, token: random(354) }], agency: "", unit: "", kept: [], reminders: [], identity: undefined }
    const max = await newSigningKey(random)
    const before = town.served.get("/bulletin/charter") ?? charter
    town.served.set("/bulletin/charter", await signedCharter(max, { ...program.charter, serial: 9, programKey: max.publicKey }))
    await expect((await open()).comeBack(copy)).rejects.toMatchObject({ problem: "bulletin-forged" })
    expect(store.records).toEqual({})
    town.served.set("/bulletin/charter", before)
    const ana = await open()
    await ana.comeBack(copy)
    expect([ana.card, ana.tokensLeft, (await ana.peers(TODAY)).length, town.batches.length]).toEqual(["held", 1, 1, 0])
    await ana.comeBack(copy)
    expect(ana.tokensLeft).toBe(1)
  })

  test("of another program that only says the same id is no card for a copy's pocket", async () => {
    const { program, ana, link } = await arrive()
    await ana.enterCard(link, TODAY)
    const max = await newSigningKey(random)
    const charter = await signedCharter(max, { ...program.charter, programKey: max.publicKey })
    const copy: Backup = { day: TODAY, charter, card: undefined, epochs: [], tokens: [{ epoch: 4, token: random(354) }], agency: "", unit: "", kept: [], reminders: [], identity: undefined }
    await expect(ana.comeBack(copy)).rejects.toMatchObject({ problem: "other-program" })
    expect(ana.tokensLeft).toBe(10)
  })

  test("gives two who ask at once two passes, and loses none to a clock that jumped", async () => {
    const { ana, link, open } = await arrive()
    await ana.enterCard(link, TODAY)
    const [one, other] = await Promise.all([ana.takeToken(TODAY), ana.takeToken(TODAY)])
    expect(one).not.toEqual(other)
    expect(await ana.takeToken(TODAY + 365)).toBeUndefined()
    const later = await open()
    expect(later.tokensLeft).toBe(8)
    expect(await later.takeToken(TODAY)).toBeDefined()
  })

  test("typed by hand does the same", async () => {
    const { program, ana } = await arrive()
    const typed = await cardTyped({ code: CODE, fingerprint: program.id }, sha256)
    await ana.enterCard(typed.toLowerCase().replaceAll("0", "o").replaceAll("1", "l"), TODAY)
    expect(ana.tokensLeft).toBe(10)
  })

  test("is shown to the desk alone, and with no cookie, referrer or cache", async () => {
    const { town, ana, link } = await arrive()
    await ana.enterCard(link, TODAY)
    const draws = town.asked.filter(({ url }) => url.startsWith(ROOMS.desk))
    expect(draws.map(({ request }) => [request.credentials, request.referrerPolicy, request.cache])).toEqual([["omit", "no-referrer", "no-store"]])
    const others = town.asked.filter(({ url }) => url.startsWith(ROOMS.mailroom))
    expect(others.every(({ url, request }) => request.body === undefined && request.credentials === "omit" && !url.includes("?"))).toBe(true)
  })

  test("mistyped, or of another program, is refused before anything of it is sent", async () => {
    const { town, ana, link } = await arrive()
    await expect(ana.enterCard(link.replace(/.$/, (last) => (last === "A" ? "B" : "A")), TODAY)).rejects.toMatchObject({ problem: "card-mistyped" })
    expect(town.asked).toEqual([])
    await ana.enterCard(link, TODAY)
    const before = town.asked.length
    const other = await cardLink({ code: CODE, fingerprint: random(16) }, sha256)
    await expect(ana.enterCard(other, TODAY)).rejects.toMatchObject({ problem: "other-program" })
    // Whether the program key passed on meanwhile is asked of the public board.
    expect(town.asked.slice(before).every(({ url, request }) => url.startsWith(`${ROOMS.mailroom}/bulletin/`) && request.body === undefined)).toBe(true)
  })

  test("of a program that began anew after its key was stolen is told apart, and works once the old one is forgotten", async () => {
    const { ana, link, store, clock } = await arrive()
    await ana.enterCard(link, TODAY)
    // The same addresses, another key.
    const begun = await newProgram()
    const anew = new Town(begun, issuer)
    await anew.publish()
    const at = (shelf: typeof store) => Admission.open({ store: shelf, mailroom: new Mailroom(ROOMS.mailroom, anew.fetch), rooms: ROOMS, fetch: anew.fetch, random: halfway, clock, oneByOne: oneByOne(undefined, "", clock.after) })
    const card = `https://leanto.example.org${await cardLink({ code: CODE, fingerprint: begun.id }, sha256)}`
    const stayed = await at(store)
    expect(await stayed.refresh()).toBe("forged")
    await expect(stayed.enterCard(card, TODAY)).rejects.toMatchObject({ problem: "other-program" })
    expect([stayed.card, anew.batches.length]).toEqual(["held", 0])
    const forgotten = await at(memoryShelf())
    await forgotten.enterCard(card, TODAY)
    expect([forgotten.card, forgotten.tokensLeft, (await forgotten.peers(TODAY)).length]).toEqual(["held", 10, 1])
  })

  test("leads nowhere when the charter is another's, or names other rooms", async () => {
    const { town, program, ana, store } = await arrive()
    const max = await cardLink({ code: CODE, fingerprint: random(16) }, sha256)
    await expect(ana.enterCard(max, TODAY)).rejects.toMatchObject({ problem: "bulletin-forged" })
    town.served.set("/bulletin/charter", await signedCharter(program.key, { ...program.charter, issuance: "https://max.example.org" }))
    const link = await cardLink({ code: CODE, fingerprint: program.id }, sha256)
    await expect(ana.enterCard(link, TODAY)).rejects.toMatchObject({ problem: "wrong-address" })
    expect([ana.card, store.records]).toEqual(["none", {}])
  })

  test("unknown to the desk is not kept", async () => {
    const { town, ana, link, open } = await arrive()
    town.refusal = { status: 403, problem: "card-unknown" }
    await expect(ana.enterCard(link, TODAY)).rejects.toMatchObject({ problem: "card-unknown" })
    expect([ana.card, (await open()).card]).toEqual(["none", "none"])
  })

  test("gets the same ten again when the line broke, also after the browser was killed", async () => {
    const { town, ana, link, open } = await arrive()
    town.cutAnswer = true
    await expect(ana.enterCard(link, TODAY)).rejects.toMatchObject({ problem: "unreachable" })
    town.cutAnswer = false
    const again = await open()
    await again.enterCard(link, TODAY)
    expect([again.tokensLeft, town.batches.length]).toEqual([10, 1])
    await again.enterCard(link, TODAY)
    expect([again.tokensLeft, town.batches.length]).toEqual([10, 1])
    await again.drawAtOnce(TODAY)
    expect([again.tokensLeft, town.batches.length]).toEqual([20, 2])
  })

  test("a request soon after a draw says that the two can be tied, also after the page was closed; an hour later it does not", async () => {
    const { ana, link, open, clock } = await arrive()
    await ana.enterCard(link, TODAY)
    expect([ana.drewLately, (await open()).drewLately]).toEqual([true, true])
    await clock.move(60 * MINUTE_MS)
    expect(ana.drewLately).toBe(false)
  })

  test("gives ten passes or none, and never a members' key of one's own", async () => {
    const { town, ana, link } = await arrive()
    town.spoil = true
    await expect(ana.enterCard(link, TODAY)).rejects.toMatchObject({ problem: "not-proven" })
    expect(ana.tokensLeft).toBe(0)
    town.spoil = false
    town.membersKey = random(32)
    await expect(ana.enterCard(link, TODAY)).rejects.toMatchObject({ problem: "not-proven" })
    expect([ana.tokensLeft, await ana.peers(TODAY)]).toEqual([0, []])
  })

  test("is not drawn with while bulletin and mailroom name different keys, and what was drawn can still be spent", async () => {
    const { town, ana, link } = await arrive()
    await ana.enterCard(link, TODAY)
    const asked = town.batches.length
    town.served.set("/token-keys", tokenKeys(random(32)))
    await expect(ana.drawAtOnce(TODAY)).rejects.toMatchObject({ problem: "not-proven" })
    expect(town.batches.length).toBe(asked)
    expect(await ana.takeToken(TODAY)).toBeDefined()
  })

  test("draws by itself in the next epoch's first week, once, and at the minute that chance chose", async () => {
    const { town, ana, link, open } = await arrive()
    await ana.enterCard(link, TODAY)
    const turn = (TODAY + 50) * 1_440
    town.served.set("/token-keys", tokenKeys(await sha256(town.issuer.spki), 5))
    expect([await ana.drawNextEpochIfDue(NOON), await ana.drawNextEpochIfDue(turn)]).toEqual([false, false])
    expect(await (await open()).drawNextEpochIfDue(turn + 3.5 * 1_440 - 1)).toBe(false)
    const due = await open() // while letters come and go it waits
    expect([await due.drawNextEpochIfDue(turn + 3.5 * 1_440, true), await due.drawNextEpochIfDue(turn + 3.5 * 1_440)]).toEqual([false, true])
    const later = await open()
    expect([later.tokensLeft, await later.drawNextEpochIfDue(turn + 8 * 1_440)]).toEqual([20, false])
    expect(await later.takeToken(TODAY + 80)).toBeDefined()
    // The ten that are too old stay for as long as their key is published.
    expect(later.tokensLeft).toBe(19)
  })

  test("that the desk refuses is tried again at a minute of the next day, not every minute", async () => {
    const { town, ana, link } = await arrive()
    await ana.enterCard(link, TODAY)
    const week = (TODAY + 58) * 1_440
    town.served.set("/token-keys", tokenKeys(random(32), 5))
    await expect(ana.drawNextEpochIfDue(week)).rejects.toMatchObject({ problem: "not-proven" })
    expect(await ana.drawNextEpochIfDue(week)).toBe(false)
    town.served.set("/token-keys", tokenKeys(await sha256(town.issuer.spki), 5))
    expect(await ana.drawNextEpochIfDue(week + 1_440)).toBe(true)
  })

  test("a broken, older or forked bulletin leaves the last good one in its place", async () => {
    const { town, ana, link, open } = await arrive()
    await ana.enterCard(link, TODAY)
    await town.publish({ serial: 11 })
    expect(await ana.refresh()).toBe("older")
    await town.publish({ serial: 20 })
    town.served.set("/bulletin/members", random(900))
    expect(await ana.refresh()).toBe("forged")
    await town.publish({ serial: 20 }, 2)
    expect([await ana.refresh(), (await ana.peers(TODAY)).length]).toEqual(["accepted", 2])
    await town.publish({ serial: 20 }, 3)
    expect([await ana.refresh(), (await ana.peers(TODAY)).length, ana.bulletin?.forked]).toEqual(["forked", 2, true])
    // A newer one would verify; after a fork nobody can say which history it belongs to.
    await town.publish({ serial: 30 }, 3)
    expect(await (await open()).refresh()).toBe("forked")
  })

  test("a fork ends by a charter that retires the key which signed two histories, and by nothing less", async () => {
    const { town, ana, link, open } = await arrive()
    await ana.enterCard(link, TODAY)
    await town.publish({ serial: 12, lastDay: TODAY + 5 }, 2)
    expect(await ana.refresh()).toBe("forked")
    const { program } = town
    const charterOf = (serial: number, ...keys: readonly SigningKey[]) =>
      signedCharter(program.key, { ...program.charter, serial, bulletinKeys: keys.map(({ publicKey: key }) => ({ key, lastDay: TODAY + 60 })) })
    const fresh = await newSigningKey(random)
    // A newer head of the old key would verify: it may be of either history.
    await town.publish({ serial: 30 }, 2)
    town.served.set("/bulletin/charter", await charterOf(4, fresh, program.bulletinKey))
    expect(await ana.refresh()).toBe("forked")
    town.served.set("/bulletin/charter", await charterOf(5, fresh))
    // What the retired key signed is nobody's any more; and nothing counts before a head of the new key does.
    expect([await ana.refresh(), ana.bulletin?.forked]).toEqual(["forged", true])
    const { bulletin } = ana
    if (bulletin === undefined) throw new Error("nothing held")
    town.served.set("/bulletin/head", await signedHead(program, { ...bulletin.head.head, serial: 1, bulletinKey: fresh.publicKey }, fresh))
    town.served.set("/bulletin/members", bulletin.members)
    const again = await open()
    expect([await again.refresh(), again.bulletin?.forked, again.bulletin?.charter.serial]).toEqual(["accepted", false, 5])
  })

  test("the head's members' key decides, not the desk's word", async () => {
    const { town, ana, link } = await arrive()
    await ana.enterCard(link, TODAY)
    await expect(ana.keepMembersKey(4, random(32))).rejects.toMatchObject({ problem: "not-proven" })
    expect((await ana.peers(TODAY)).length).toBe(1)
    // A key that came before its head is asked when the head is there.
    await ana.keepMembersKey(5, random(32))
    await town.publish({ serial: 20, epoch: 5 })
    await ana.refresh()
    await expect(ana.peers(TODAY)).rejects.toMatchObject({ problem: "not-proven" })
  })
})
