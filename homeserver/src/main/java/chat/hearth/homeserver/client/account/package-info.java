/// The endpoints about accounts: registering, logging in and out, devices, passwords. One class per
/// file of the specification's OpenAPI set; the rules are in [chat.hearth.homeserver.account].
@NullMarked
package chat.hearth.homeserver.client.account;

import org.jspecify.annotations.NullMarked;
