import type { Clock } from "../clock.ts"
import type { Random } from "../seal/index.ts"
import type { Bytes, Frame } from "../wire/index.ts"
import { decodeFrame, forgetFrame, leaveFrame, listenFrame, MOST_LISTENED, toHex } from "../wire/index.ts"

export type Socket = typeof WebSocket
export type Mailbox = Readonly<{ address: Bytes; readKey: Bytes }>

/** What the line tells: every frame, when it is there, and whenever it is lost or could not be had. */
export type Listener = Readonly<{ frame: (frame: Frame) => void; up: () => void; down: () => void }>
type Options = Readonly<{ origin: string; socket: Socket; clock: Clock; random: Random; listener: Listener }>

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
const PROBE_MS = 45_000
const SILENCE_MS = 10_000
/** Of more mailboxes than a line takes: how many keep their place, and how long the others have theirs. */
const STAYING = 16
const TURN_MS = 30_000

/** The listening line: one WebSocket for all mailboxes of this pocket, for as long as there are any. */
export class Line {
  readonly #options: Options
  /** All that are wanted, and those of them that are on the line now. */
  #wanted: readonly Mailbox[] = []
  #turn = 0
  #taking = false
  #mailboxes = new Map<string, Mailbox>()
  #socket: WebSocket | undefined
  #up = false
  #failures = 0
  #callOff: (() => void)[] = []
  #closed = false

  constructor(options: Options) {
    this.#options = options
  }

  get up(): boolean {
    return this.#up
  }

  /** Listens to these from now on. The law lets 32 on a line: of more the first ones stay, and the others take turns. */
  listenTo(mailboxes: readonly Mailbox[]): void {
    this.#wanted = mailboxes
    this.#listen()
    if (mailboxes.length > MOST_LISTENED && !this.#taking) this.#takeTurns()
  }

  #takeTurns(): void {
    this.#taking = true
    this.#options.clock.after(TURN_MS, () => {
      this.#taking = false
      if (this.#closed) return
      this.#turn += MOST_LISTENED - STAYING
      this.listenTo(this.#wanted)
    })
  }

  #listen(): void {
    const wanted = new Map(onLine(this.#wanted, this.#turn).map((mailbox) => [toHex(mailbox.address), mailbox]))
    const gone = [...this.#mailboxes].filter(([address]) => !wanted.has(address))
    const fresh = [...wanted].filter(([address]) => !this.#mailboxes.has(address))
    this.#mailboxes = wanted
    if (wanted.size === 0) {
      this.#drop()
    } else if (this.#socket === undefined) {
      this.resume()
    } else if (this.#up) {
      for (const [, { address }] of gone) this.#send(leaveFrame(address))
      if (fresh.length > 0) this.#send(listenFrame(fresh.map(([, { readKey }]) => readKey)))
    }
  }

  /** Tells the mailroom to forget; false when the line is down and another way must be taken. */
  forget(address: Bytes, ids: readonly Bytes[]): boolean {
    if (this.#up) this.#send(forgetFrame(address, ids))
    return this.#up
  }

  /** Says a frame now; false when the line is down. */
  say(frame: Bytes): boolean {
    if (this.#up) this.#send(frame)
    return this.#up
  }

  /** The network is back or the page is looked at again: no waiting, and a line that only seems alive is found out. */
  resume(): void {
    if (this.#closed || this.#mailboxes.size === 0) return
    if (this.#up) this.#probe()
    else this.#connect()
  }

  close(): void {
    this.#closed = true
    this.#drop()
  }

  #connect(): void {
    this.#drop()
    const { origin, socket: Socket, listener } = this.#options
    const socket = new Socket(`${origin.replace(/^http/, "ws")}/listen`)
    socket.binaryType = "arraybuffer"
    this.#socket = socket
    const lost = (): void => {
      if (this.#socket === socket) this.#lost()
    }
    socket.onopen = () => {
      this.#send(listenFrame([...this.#mailboxes.values()].map(({ readKey }) => readKey)))
    }
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.#socket !== socket) return
      const frame = data instanceof ArrayBuffer ? readable(new Uint8Array(data)) : undefined
      if (frame === undefined) {
        socket.close()
        lost()
      } else {
        this.#heard(frame)
        listener.frame(frame)
      }
    }
    socket.onclose = lost
    socket.onerror = lost
    this.#later(SILENCE_MS, lost)
  }

  #heard(frame: Frame): void {
    if (frame.kind !== "listening") return
    this.#failures = 0
    this.#callAllOff()
    this.#later(PROBE_MS, () => {
      this.#probe()
    })
    if (this.#up) return
    this.#up = true
    this.#options.listener.up()
  }

  /** Asks for one mailbox again: an answer proves the line, silence ends it. */
  #probe(): void {
    const [first] = this.#mailboxes.values()
    if (first === undefined) return
    this.#callAllOff()
    this.#send(listenFrame([first.readKey]))
    this.#later(SILENCE_MS, () => {
      this.#lost()
    })
  }

  #lost(): void {
    this.#drop()
    this.#options.listener.down()
    const longest = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS)
    this.#failures += 1
    // Jitter, so that a restarted mailroom is not met by all pockets at once.
    const wait = FIRST_WAIT_MS + ((longest - FIRST_WAIT_MS) * (this.#options.random(1)[0] ?? 0)) / 255
    this.#later(wait, () => {
      this.resume()
    })
  }

  #drop(): void {
    this.#callAllOff()
    const socket = this.#socket
    this.#socket = undefined
    this.#up = false
    socket?.close()
  }

  #send(frame: Bytes): void {
    if (this.#socket?.readyState === 1) this.#socket.send(frame)
  }

  #later(ms: number, run: () => void): void {
    this.#callOff.push(this.#options.clock.after(ms, run))
  }

  #callAllOff(): void {
    for (const off of this.#callOff) off()
    this.#callOff = []
  }
}

function onLine(wanted: readonly Mailbox[], turn: number): readonly Mailbox[] {
  if (wanted.length <= MOST_LISTENED) return wanted
  const others = wanted.slice(STAYING)
  const from = turn % others.length
  return [...wanted.slice(0, STAYING), ...[...others, ...others].slice(from, from + MOST_LISTENED - STAYING)]
}

function readable(bytes: Bytes): Frame | undefined {
  try {
    return decodeFrame(bytes)
  } catch {
    return undefined
  }
}
