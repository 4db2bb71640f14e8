import { terminal } from "../../src/channels/terminal.ts";
import { channelContract } from "../contracts/channel.ts";

channelContract("terminal", terminal);
