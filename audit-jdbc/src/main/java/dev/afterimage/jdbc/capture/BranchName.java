package dev.afterimage.jdbc.capture;

import java.util.HexFormat;
import javax.transaction.xa.Xid;

/**
 * A branch of a distributed transaction by the value of its {@link Xid}, since transaction managers' own classes need not
 * be equal to what a driver recovers.
 *
 * @param format number of the format
 * @param transaction the global transaction, in hexadecimal
 * @param qualifier the branch, in hexadecimal
 */
record BranchName(int format, String transaction, String qualifier) {

    static BranchName of(Xid xid) {
        HexFormat hex = HexFormat.of();
        return new BranchName(
                xid.getFormatId(),
                hex.formatHex(xid.getGlobalTransactionId()),
                hex.formatHex(xid.getBranchQualifier()));
    }

    @Override
    public String toString() {
        return format + ":" + transaction + ":" + qualifier;
    }
}
